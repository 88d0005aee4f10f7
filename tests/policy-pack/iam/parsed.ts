import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import type { Policy } from "../../../policy-pack/iam/policy";

/** A policy document that a test relies on being well-formed. */
export function parsed(name: string, document: unknown): Policy {
  const { policy, problems = [] } = parsePolicy(name, document);
  if (policy === undefined) {
    throw new Error(`${name}: ${problems.map(({ path, found }) => `${path} is ${found}`).join(", ")}`);
  }
  return policy;
}

/** A policy of version 2012-10-17 with the given statements. */
export function policyOf(name: string, ...statements: readonly object[]): Policy {
  return parsed(name, { Version: "2012-10-17", Statement: statements });
}
