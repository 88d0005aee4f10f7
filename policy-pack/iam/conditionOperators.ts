import { nearest } from "../nearest";
import { type Comparison, comparisons } from "./comparisons";

/** "ForAnyValue:StringNotLikeIfExists", taken apart. */
export interface Operator {
  readonly name: string;
  readonly quantifier: string | undefined;
  readonly ifExists: boolean;
  /** "Null" compares nothing. */
  readonly comparison: Comparison | "Null";
}

const bases = [...Object.keys(comparisons), "Null"];

/**
 * The operator of this name, or undefined when IAM has none. The case of letters matters. ForAllValues: and ForAnyValue: go with
 * every operator, IfExists with every one but Null.
 *
 * Sources: IAM User Guide, "IAM JSON policy elements: Condition operators"; for the case of letters IAM's answer "Invalid Condition
 * type : stringEquals" (ministryofjustice/modernisation-platform-environments#8893).
 */
export function conditionOperator(name: string): Operator | undefined {
  const [, quantifier, base = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const comparison = base === "Null" ? base : Object.hasOwn(comparisons, base) ? comparisons[base] : undefined;
  return comparison === undefined || (comparison === "Null" && ifExists !== undefined)
    ? undefined
    : { name, quantifier, ifExists: ifExists !== undefined, comparison };
}

/** What is allowed in the place of an operator that IAM does not have, and what to do about it. */
export function unknownOperator(name: string): { readonly allowed: string; readonly toDo: string } {
  const near = nearestOperators(name);
  return {
    allowed:
      "a condition operator of IAM, in its case of letters, for example StringEquals or ForAnyValue:StringLikeIfExists",
    toDo: near.length > 0 ? `Write ${near.join(" or ")}` : `Write one of ${bases.join(", ")}`,
  };
}

/** With the quantifier and IfExists that were written, so far as they can be told. */
function nearestOperators(name: string): string[] {
  const [, quantifier = "", base = "", ifExists = ""] = /^(?:([^:]*):)?(.*?)(IfExists)?$/is.exec(name) ?? [];
  const [prefix] =
    quantifier === "" ? [""] : nearest(quantifier, ["ForAllValues", "ForAnyValue"]).map((it) => `${it}:`);
  return prefix === undefined
    ? []
    : nearest(base, bases).map((each) => prefix + each + (ifExists !== "" && each !== "Null" ? "IfExists" : ""));
}
