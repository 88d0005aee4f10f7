import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import type { Policy } from "../../../policy-pack/iam/policy";
import type { Contents } from "../contents";
import { readPolicy } from "./principalPolicies";

const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const fullAwsAccess = parsePolicy("FullAWSAccess", everything).policy;

/**
 * The service control policies of an account, a list for every level from the root to the account; none for the management account, to
 * which they do not apply.
 *
 * Source: AWS Organizations User Guide, "SCP evaluation".
 */
export function serviceControlPoliciesOf(
  accountId: string,
  { accounts, managementAccount, serviceControlPolicies }: Contents,
): readonly (readonly Policy[])[] | undefined {
  const account = accounts.find(({ id }) => id === accountId);
  if (account === undefined || accountId === managementAccount || serviceControlPolicies.length === 0) return undefined;
  const units = account.unitPath
    .split("/")
    .filter(Boolean)
    .map((_, depth, names) => names.slice(0, depth + 1).join("/"));
  return ["/", ...units, account.name].map((level) => [
    ...(fullAwsAccess === undefined ? [] : [fullAwsAccess]),
    ...serviceControlPolicies
      .filter(({ targets }) => targets.includes(level))
      .map(({ name, document }) => readPolicy(name, document)),
  ]);
}
