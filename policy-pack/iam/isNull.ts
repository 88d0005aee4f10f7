import { type AuthorizationRequest, stateOf } from "./authorizationRequest";
import { doubt, type Verdict } from "./verdict";

/**
 * Whether the operator Null holds: "true" wants the key to be absent, "false" wants it to be there with a value. With
 * ForAllValues it always holds, with ForAnyValue never. Whether an empty text is a value is in doubt.
 *
 * Sources: IAM User Guide, "IAM JSON policy elements: Condition operators", on the existence of condition keys and on
 * null data sets; "IAM policy validation check reference" (null with qualifier).
 */
export function isNull(
  quantifier: string | undefined,
  key: string,
  policyValues: readonly string[],
  request: AuthorizationRequest,
): Verdict {
  if (quantifier !== undefined) {
    return quantifier === "ForAllValues";
  }
  const odd = policyValues.find((value) => value !== "true" && value !== "false");
  if (odd !== undefined || policyValues.length === 0) {
    return doubt(
      odd === undefined ? `Null has no values to compare ${key} with` : `"${odd}" is neither true nor false`,
    );
  }
  const [wantsAbsent, wantsPresent] = [policyValues.includes("true"), policyValues.includes("false")];
  if (wantsAbsent && wantsPresent) {
    return true;
  }
  const requestValues = stateOf(key, request);
  if (requestValues === "absent") {
    return wantsAbsent;
  }
  if ("reasons" in requestValues) {
    return requestValues;
  }
  return requestValues.every((value) => value === "")
    ? doubt(`${key} is empty, which may or may not count as null`)
    : wantsPresent;
}
