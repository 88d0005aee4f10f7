import { LookUpError } from "../aws/lookUp";
import type { PolicyDocument } from "../grants/policyDocument";
import { simulateEnabler } from "../identityAwareSessions/enablerCheck";
import { enablerPolicy } from "../identityAwareSessions/enablerPermissions";
import type { DoctorContext } from "./context";
import { documentation } from "./documentation";
import type { Finding } from "./finding";
import { doctorActions } from "./permissions";
import type { Report } from "./reportSchema";

type Message = NonNullable<Report["message"]>;
type PermissionRequest = Message["requests"][number];

/**
 * What to send to somebody who can give the permissions that lack; undefined where none do.
 *
 * @param findings of all checks
 */
export async function messageAbout(context: DoctorContext, findings: readonly Finding[]): Promise<Message | undefined> {
  const toEnable = findings.filter(({ check, state }) => check === "enabler" && state === "not ready");
  const lacksOf = (those: readonly Finding[]) => [...new Set(those.flatMap(({ lacks = [] }) => lacks))].sort();
  const toRead = lacksOf(findings.filter((each) => !toEnable.includes(each)));
  const enabling = lacksOf(toEnable);
  if (toRead.length + enabling.length === 0) {
    return undefined;
  }
  const { enabler } = context.question;
  const { arn: caller } = await context.caller();
  const requests = [
    ...(toRead.length === 0 ? [] : [request(caller, await allThatLack(context, toRead), readerPolicy)]),
    ...(enabling.length === 0 ? [] : [request(enabler ?? caller, enabling, enablerPolicy)]),
  ];
  const isOutside = findings.some(({ check, state }) => check === "administration" && state === "note");
  return { requests, text: await textOf(context, requests, { isToEnable: enabling.length > 0, isOutside }) };
}

/**
 * AWS names what it denied, one at a time; where IAM simulates, what it would deny next is known as well. Where it does not, all that the
 * doctor reads: who is given a part of it would ask again and again.
 */
async function allThatLack({ question }: DoctorContext, denied: readonly string[]): Promise<readonly string[]> {
  const isSimulating = !denied.includes("iam:GetRole") && !denied.includes("iam:SimulatePrincipalPolicy");
  const simulated = isSimulating
    ? await simulateEnabler(question.connection, {}, doctorActions).catch(notSimulated)
    : { notChecked: "the caller may not" };
  if ("notChecked" in simulated) {
    return [...new Set([...denied, ...doctorActions])].sort();
  }
  const lacking = simulated.decided.filter(({ EvalDecision }) => EvalDecision !== "allowed");
  return [...new Set([...denied, ...lacking.flatMap(({ EvalActionName }) => EvalActionName ?? [])])].sort();
}

/** AWS's word on it is for the check of the enabler to tell. */
function notSimulated(error: unknown): { notChecked: string } {
  if (error instanceof LookUpError) {
    return { notChecked: error.message };
  }
  throw error;
}

function request(
  principal: string,
  actions: readonly string[],
  policy: (actions: readonly string[]) => PolicyDocument,
): PermissionRequest {
  return { principal, actions: [...actions], policy: { ...policy(actions) } };
}

/** On every resource, as the nine permissions are: AWS knows resources for some of the actions only. */
function readerPolicy(actions: readonly string[]): PolicyDocument {
  const statement = { Sid: "ReadIdentityAwareSessions", Effect: "Allow", Action: actions, Resource: "*" };
  return { Version: "2012-10-17", Statement: [statement] };
}

async function textOf(
  context: DoctorContext,
  requests: readonly PermissionRequest[],
  { isToEnable, isOutside }: { readonly isToEnable: boolean; readonly isOutside: boolean },
): Promise<string> {
  const { account, arn: caller } = await context.caller();
  const arn = await context.instance().then(
    ({ facts }) => facts.arn,
    () => undefined,
  );
  const managementAccountId = await context.managementAccountId().catch(() => undefined);
  const reads = requests.length > (isToEnable ? 1 : 0);
  const purposes = [
    ...(reads
      ? ["see whether identity-aware console sessions are set up, and who may use them (this only reads)"]
      : []),
    ...(isToEnable ? ["switch on identity-aware console sessions, once for the whole organization"] : []),
  ];
  return [
    `To an administrator of IAM Identity Center, in the management account${managementAccountId === undefined ? "" : ` ${managementAccountId}`} or in a delegated administrator's account:`,
    "",
    `Permissions are missing to ${purposes.join(", and to ")}.`,
    `Instance: ${arn ?? "the organization instance of IAM Identity Center"}`,
    `Who asks: ${caller}`,
    ...(isOutside
      ? [
          "",
          `Account ${account} does not administer IAM Identity Center, so that a policy is of no use there: please let me act in an account that ` +
            "does, as a role that has what follows, or make this account a delegated administrator.",
        ]
      : []),
    ...requests.flatMap(({ principal, policy }) => [
      "",
      `Please give this policy to ${described(principal)}:`,
      JSON.stringify(policy, undefined, 2),
    ]),
    "",
    "A Deny, a permissions boundary or a service control policy that forbids any of it would have to be lifted, too." +
      (isToEnable
        ? " Or switch the sessions on yourself, in the IAM Identity Center console: Settings > Details > Identity-aware sessions > Enable."
        : ""),
    `Documentation: ${documentation.switch.url}`,
  ].join("\n");
}

/** Policies are given to roles and not to their sessions; and a role of a permission set is changed by its permission set alone. */
function described(principal: string): string {
  const set = /\/AWSReservedSSO_([^/]+)_[0-9a-f]{16}(\/|$)/.exec(principal)?.[1];
  if (set !== undefined) {
    return `permission set ${set} (${principal})`;
  }
  const [, account, role] = /:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal) ?? [];
  return role === undefined
    ? principal
    : `the role ${role} of account ${account ?? ""} (${principal} is a session of it)`;
}
