import { getProject, getStack } from "@pulumi/pulumi";
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
  const stackSets = new StackSetReader(connection);
  const problems = (await stackSets.mayDeployToOrganization()) ? [] : [noTrustedAccess(connection.region)];
  const units: Unit[] = [];
  for (const [index, unitPath] of settings.organizationalUnits.entries()) {
    const found = await unitAt(organization, unitPath);
    if ("id" in found) {
      units.push({ ...found, path: unitPath });
    } else {
      problems.push({ path: `${path}.organizationalUnits[${index}]`, ...found });
    }
  }
  refuseAny(unsuitable, problems);
  const stackSetName = nameOfStackSet();
  const deployed = await stackSets.instances(stackSetName);
  refuseAny(
    unsuitable,
    await nestedProblems(organization, units, new Set(deployed.map((each) => each.organizationalUnit))),
  );
  const above = await organization.unitsAbove(managementAccountId);
  const isReached = units.some(({ id }) => above.includes(id));
  return {
    ...settings,
    organizationalUnits: units.map(({ id, path: unitPath }) => ({ id, path: unitPath })),
    stackSetName,
    outdated: deployed.filter(({ status }) => status !== "CURRENT"),
    region: primaryRegion,
    managementAccount: isReached ? await rolesOf(connection, settings.attachTo) : undefined,
  };
}

/** A unit of the configuration; `above` are the ids of those that it lies in, from the root down. */
interface Unit {
  readonly id: string;
  readonly path: string;
  readonly above: readonly string[];
}

/**
 * Of the stack's name, so that what the StackSet has deployed can be looked up by it, also after an update that failed. Letters, digits
 * and hyphens, 128 of them at most (source: the schema of AWS::CloudFormation::StackSet).
 */
function nameOfStackSet(): string {
  return `${getProject()}-${getStack()}`.replace(/[^A-Za-z0-9-]/g, "-").slice(0, 128);
}

/**
 * Units that would take the place of one around them or within them. An account has one stack of a StackSet, whichever unit it came by:
 * the deletion of the unit that goes would take what the one that comes has found there. The stack's record refuses it as well, of units
 * whose accounts AWS has none of; it knows nothing of an update that failed, after which AWS alone tells where the StackSet is.
 */
async function nestedProblems(
  organization: OrganizationReader,
  wanted: readonly Unit[],
  deployed: ReadonlySet<string>,
): Promise<Problem[]> {
  const going = [...deployed].filter((id) => wanted.every((unit) => unit.id !== id));
  const coming = wanted.filter(({ id }) => !deployed.has(id));
  const problems: Problem[] = [];
  for (const id of coming.length === 0 ? [] : going) {
    const above = id.startsWith("r-") ? [] : await organization.unitsAbove(id);
    problems.push(
      ...coming
        .filter((unit) => unit.above.includes(id) || above.includes(unit.id))
        .map((unit) => ({
          path: `${path}.organizationalUnits`,
          found: `${unit.path} instead of ${id.startsWith("r-") ? "/" : id}, where the StackSet is now and of which one lies in the other: StackSets would leave their accounts without the policy`,
          allowed: "one after the other",
          toDo: `run \`pulumi up\` without both first (without memberAccounts, where no other unit is left), then with ${unit.path}; in between their accounts are without the policy`,
        })),
    );
  }
  return problems;
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
): Promise<Omit<Unit, "path"> | Omit<Problem, "path">> {
  const names = unitPath.split("/").filter(Boolean);
  const root = await organization.root();
  const above: string[] = [];
  let [unit, parent] = [root, "the root"];
  for (const [depth, name] of names.entries()) {
    const units = await organization.unitsIn(unit.id);
    const found = units.find((each) => each.name === name);
    if (found === undefined) {
      // The rest of the path stays: a part of it alone would be a unit with more in it than was meant.
      const near = nearest(
        name,
        units.map((each) => each.name),
      ).map((each) => names.with(depth, each).join("/"));
      return {
        found: `${unitPath}: there is no unit ${name} in ${parent}`,
        allowed: "the path of an organizational unit, from the root down",
        toDo: near.length > 0 ? `write ${near.join(" or ")}` : "correct it, or create the unit first",
      };
    }
    above.push(unit.id);
    [unit, parent] = [found, name];
  }
  return { id: unit.id, above };
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
