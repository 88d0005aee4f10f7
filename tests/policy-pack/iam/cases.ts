import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AuthorizationRequest } from "../../../policy-pack/iam/authorizationRequest";
import type { Decision } from "../../../policy-pack/iam/evaluate";

/** Policy documents by name. */
export type Documents = Readonly<Record<string, unknown>>;

/** A request, the policies that apply to it, and the decision. */
export interface EvaluationCase {
  readonly name: string;
  readonly request: AuthorizationRequest;
  readonly identityPolicies: Documents;
  readonly permissionsBoundary?: Documents;
  readonly serviceControlPolicies?: readonly Documents[];
  readonly expected: {
    readonly decision: Decision["decision"];
    /** The deciding statements, as in "statement 0 (Sid) of policy". */
    readonly by: readonly string[];
    /** Left out where the sentences are the same as in every other case. */
    readonly reasons?: readonly string[];
  };
}

/** A Condition element, the request context, and whether it holds, or the reasons why this is in doubt. */
export interface ConditionCase extends Pick<AuthorizationRequest, "context" | "contextIsComplete"> {
  readonly name: string;
  readonly condition: object;
  readonly expected: "holds" | "does not hold" | readonly string[];
}

/** The files of a folder of cases, by name. */
export function caseFiles(folder: string): readonly (readonly [name: string, cases: unknown])[] {
  const path = join(__dirname, "cases", folder);
  return readdirSync(path)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [file.slice(0, -".json".length), JSON.parse(readFileSync(join(path, file), "utf8"))]);
}
