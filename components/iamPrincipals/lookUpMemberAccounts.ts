import { nearest } from "../../policy-pack/nearest";
import { callerAccount } from "../aws/callerAccount";
import type { Connection } from "../aws/connection";
import { IamReader } from "../aws/iam";
import { lookUp } from "../aws/lookUp";
import { OrganizationReader } from "../aws/organization";
import { StackSetReader } from "../aws/stackSets";
import { type Problem, refuseAny } from "../problem";
import type { Settings } from "../settings/settings";
import type { MemberAccountsArgs } from "./memberAccounts";
import { isOfAws } from "./lookUpIamPrincipals";

type MemberAccounts = Settings["iamPrincipals"]["memberAccounts"];

const path = "identity-aware-sessions:iamPrincipals.memberAccounts";

/**
 * Looks up where the policy for member accounts goes; only reads.
 *
 * @param managementAccountId which StackSets never reach, so that the stack makes the policy there itself.
 * @returns undefined where the stack names no units.
 * @throws RunError with every unit that is unknown, or the reason why StackSets would deploy to none.
 */
export async function lookUpMemberAccounts(
  connection: Connection,
  {
    primaryRegion,
    ownerAccountId: managementAccountId,
  }: { readonly primaryRegion: string; readonly ownerAccountId: string },
  settings: MemberAccounts,
): Promise<MemberAccountsArgs | undefined> {
  if (settings.organizationalUnits.length === 0) {
    return undefined;
  }
  const account = await callerAccount(connection);
  refuseAny(unsuitable, account === managementAccountId ? [] : [notManagementAccount(account, managementAccountId)]);
  const organization = new OrganizationReader(connection);
  const problems = (await new StackSetReader(connection).mayDeployToOrganization())
    ? []
    : [noTrustedAccess(connection.region)];
  const units: { id: string; path: string }[] = [];
  for (const [index, unitPath] of settings.organizationalUnits.entries()) {
    const found = await unitAt(organization, unitPath);
    if ("id" in found) {
      units.push({ id: found.id, path: unitPath });
    } else {
      problems.push({ path: `${path}.organizationalUnits[${index}]`, ...found });
    }
  }
  refuseAny(unsuitable, problems);
  const above = await organization.unitsAbove(managementAccountId);
  const isReached = units.some(({ id }) => above.includes(id));
  return {
    ...settings,
    organizationalUnits: units,
    region: primaryRegion,
    managementAccount: isReached ? await rolesOf(connection, settings.attachTo) : undefined,
  };
}

const unsuitable = "The stack cannot give sts:SetContext to principals of member accounts";

/** Which of the roles the account has: the management account need not have what every member has. */
async function rolesOf(
  connection: Connection,
  names: readonly string[],
): Promise<{ roles: string[]; without: string[] }> {
  const iam = new IamReader(connection);
  const [roles, without]: [string[], string[]] = [[], []];
  for (const name of names) {
    const role = await lookUp("iam:GetRole", () => iam.principal("role", name));
    (role !== undefined && !isOfAws(role) ? roles : without).push(name);
  }
  return { roles, without };
}

async function unitAt(
  organization: OrganizationReader,
  unitPath: string,
): Promise<{ id: string } | Omit<Problem, "path">> {
  const root = await organization.root();
  let [unit, parent] = [root, "the root"];
  for (const [depth, name] of unitPath.split("/").filter(Boolean).entries()) {
    const units = await organization.unitsIn(unit.id);
    const found = units.find((each) => each.name === name);
    if (found === undefined) {
      const above = unitPath.split("/").slice(0, depth);
      const near = nearest(
        name,
        units.map((each) => each.name),
      ).map((each) => [...above, each].join("/"));
      return {
        found: `${unitPath}: there is no unit ${name} in ${parent}`,
        allowed: "the path of an organizational unit, from the root down",
        toDo: near.length > 0 ? `write ${near.join(" or ")}` : "correct it, or create the unit first",
      };
    }
    [unit, parent] = [found, name];
  }
  return unit;
}

function notManagementAccount(account: string, managementAccountId: string): Problem {
  return {
    path,
    found: `organizationalUnits, in a stack of account ${account}`,
    allowed: `a stack of the management account ${managementAccountId}`,
    toDo:
      "put iamPrincipals into a stack of its own that runs in the management account, with switch.mode ignore: a StackSet of a " +
      "delegated administrator would be lost on the way, because AWS Cloud Control does not keep on whose behalf it was made",
  };
}

function noTrustedAccess(region: string): Problem {
  return {
    path,
    found: "an organization whose trusted access for StackSets is not activated",
    allowed: "StackSets that may deploy to the organization's accounts",
    toDo:
      `run \`aws cloudformation activate-organizations-access --region ${region}\` in the management account, or activate it in the ` +
      "CloudFormation console (StackSets)",
  };
}
