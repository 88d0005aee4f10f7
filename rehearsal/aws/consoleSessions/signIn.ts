import type { Contents, Instance, User } from "../contents";
import { uuidOf } from "../identifiers";
import { reservedRole } from "../ssoAdmin/reservedRoles";
import { missingGrants } from "./grant";
import type { ConsoleSession, MissingLink, SessionValue, SignIn } from "./session";
import { permissionSetPolicies, principalPolicies, type SessionPolicies } from "./sessionPolicies";

/**
 * Signs somebody in to the console, and makes the session identity-aware where everything for that is there. By the access portal the
 * session has user id and identity store from the sign-in on, and gets the session ID when it becomes identity-aware; by other paths
 * people sign in to IAM Identity Center once an application asks for it, and all three come then.
 *
 * Source: IAM Identity Center User Guide, "Identity-aware sessions" ("How it works").
 */
export function signIn(asked: SignIn, contents: Contents): ConsoleSession {
  const instance = contents.instances.find(({ ownerAccount }) => ownerAccount === contents.managementAccount);
  const user = contents.users.find(
    ({ userName, identityStoreId }) => userName === asked.userName && identityStoreId === instance?.identityStoreId,
  );
  const entered =
    asked.path === "accessPortal" ? byPortal(asked, instance, user, contents) : asPrincipal(asked, contents);
  const hasSession = "policies" in entered;
  const known = user === undefined || instance === undefined ? [] : identityValues(instance, user, contents);
  const atSignIn = hasSession && asked.path === "accessPortal" ? known : [];
  const missing: MissingLink[] = [
    ...switchMissing(instance, contents),
    ...(user === undefined ? [noUser(asked, instance)] : []),
    ...(hasSession
      ? missingGrants(asked, entered.policies, Object.fromEntries(atSignIn), contents)
      : [entered.missing]),
  ];
  const isIdentityAware = missing.length === 0;
  const sessionId = [
    "session ID",
    uuidOf(`session ${asked.person} ${asked.path} ${asked.account} ${asked.by}`),
  ] as const;
  const atOnce = atSignIn.map(([name, value]): SessionValue => ({ name, value, added: "at sign-in" }));
  const later = [...(atSignIn.length > 0 ? [] : known), sessionId].map(([name, value]): SessionValue => ({
    name,
    value,
    added: "when it became identity-aware",
  }));
  return { ...asked, isIdentityAware, values: isIdentityAware ? [...atOnce, ...later] : atOnce, missing };
}

/** Every sign-in of the people in the organization's file. */
export function signIns({ people, managementAccount }: Contents): SignIn[] {
  return people.flatMap(({ name: person, userName, signsInBy }) =>
    signsInBy.map((path): SignIn => {
      const who = { person, userName };
      if ("accessPortal" in path) {
        const { account = managementAccount, permissionSet } = path.accessPortal;
        return { ...who, path: "accessPortal", account, by: permissionSet };
      }
      if ("federation" in path) {
        const { account = managementAccount, role } = path.federation;
        return { ...who, path: "federation", account, by: role };
      }
      const [kind, { account = managementAccount, name }] =
        "iamUser" in path ? (["iamUser", path.iamUser] as const) : (["iamRole", path.iamRole] as const);
      return { ...who, path: kind, account, by: name };
    }),
  );
}

type Entered = { readonly policies: SessionPolicies } | { readonly missing: MissingLink };

/** People get the role of a permission set that is assigned to them, or to a group of theirs. */
function byPortal(
  { account, by, userName }: SignIn,
  instance: Instance | undefined,
  user: User | undefined,
  contents: Contents,
): Entered {
  const set = contents.permissionSets.find(({ name, instanceArn }) => name === by && instanceArn === instance?.arn);
  const groups = contents.groups.filter(({ members }) => user !== undefined && members.includes(user.id));
  const theirs = [user?.id, ...groups.map(({ id }) => id)];
  const isAssigned = contents.accountAssignments.some(
    ({ accountId, permissionSetArn, principalId }) =>
      accountId === account && permissionSetArn === set?.arn && theirs.includes(principalId),
  );
  if (set === undefined || !isAssigned) {
    return { missing: { link: "assignment", reason: `${by} is not assigned to ${userName} in ${account}` } };
  }
  return { policies: permissionSetPolicies({ current: set, role: reservedRole(set, account, contents) }, contents) };
}

function asPrincipal({ account, by, path }: SignIn, contents: Contents): Entered {
  const kind = path === "iamUser" ? "user" : "role";
  const principal = contents.enforcedPrincipals.find(
    (each) => each.kind === kind && each.account === account && each.name === by,
  );
  return principal === undefined
    ? { missing: { link: "IAM principal", reason: `account ${account} has no ${kind} ${by}` } }
    : { policies: principalPolicies(principal, contents) };
}

function switchMissing(instance: Instance | undefined, { applications }: Contents): MissingLink[] {
  if (instance === undefined) {
    return [{ link: "switch", reason: "the organization has no instance of IAM Identity Center" }];
  }
  return applications.some(({ instanceArn }) => instanceArn === instance.arn)
    ? []
    : [{ link: "switch", reason: "identity-aware sessions are not Enabled" }];
}

function noUser({ userName }: SignIn, instance: Instance | undefined): MissingLink {
  const store = instance?.identityStoreId ?? "any identity store";
  return { link: "user in the identity store", reason: `${userName} is not in ${store}` };
}

function identityValues(
  { ownerAccount, identityStoreId }: Instance,
  { id }: User,
  { partition }: Contents,
): [SessionValue["name"], string][] {
  const arn = `arn:${partition}:identitystore::${ownerAccount}:identitystore/${identityStoreId}`;
  return [
    ["identitystore:UserId", id],
    ["identitystore:IdentityStoreArn", arn],
  ];
}
