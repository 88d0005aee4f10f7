import type {
  AttachedPolicy,
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from "@aws-sdk/client-iam";
import { authorizationDetails } from "../aws/authorizationDetails";
import { IamReader } from "../aws/iam";
import { ofEverySession } from "../grants/grantingPolicy";
import { partitionOf } from "../grants/policyDocument";
import type { DoctorContext } from "./context";
import { judgePrincipal } from "./judgePrincipal";
import { ManagedPolicyTexts, parsed, policyOf, type ReadPolicy } from "./managedPolicyTexts";
import type { JudgedPrincipals } from "./permissionSets";
import type { Principal } from "./reportSchema";
import { isForPeople } from "./rolesForPeople";

/** What is written into a principal and attached to it. */
interface Policies {
  readonly inline: readonly PolicyDetail[] | undefined;
  readonly attached: readonly AttachedPolicy[] | undefined;
}

/** A user of IAM signs in as itself. */
const ofEveryUser = { ...ofEverySession, "aws:PrincipalType": "User" };

/**
 * Judges the users, groups and roles of the caller's account, but for the roles of permission sets and those that no person assumes;
 * only reads.
 *
 * @throws LookUpError when IAM does not tell of them
 */
export async function judgeIamPrincipals({
  question: { connection },
  caller,
}: DoctorContext): Promise<JudgedPrincipals> {
  const { account, arn: callerArn } = await caller();
  const { users, groups, roles, policies } = await authorizationDetails(connection);
  const managed = new ManagedPolicyTexts(new IamReader(connection));
  const lacks = new Set<string>();

  async function textOf(arn: string, own: ManagedPolicyDetail | undefined): Promise<ReadPolicy> {
    const version = own?.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion);
    return version === undefined ? managed.read(arn) : parsed(arn, decoded(version.Document));
  }

  async function judged(
    who: Pick<Principal, "kind" | "name" | "arn">,
    all: readonly Policies[],
    boundaryArn: string | undefined,
  ): Promise<Principal> {
    const notRead: string[] = [];
    const known = (read: ReadPolicy) => policyOf(read, notRead, lacks);
    const read = (arn: string) =>
      textOf(
        arn,
        policies.find(({ Arn }) => Arn === arn),
      );
    const inline = all.flatMap((each) => each.inline ?? []);
    const attached = all.flatMap((each) => (each.attached ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []));
    const texts = [
      ...inline.map(({ PolicyName = "", PolicyDocument }) => parsed(PolicyName, decoded(PolicyDocument))),
      ...(await Promise.all(attached.map(read))),
    ];
    const identityPolicies = texts.flatMap((text) => known(text) ?? []);
    const permissionsBoundary = boundaryArn === undefined ? undefined : known(await read(boundaryArn));
    const context = who.kind === "role" ? ofEverySession : ofEveryUser;
    const partition = partitionOf(callerArn);
    return judgePrincipal(who, { partition, account, identityPolicies, permissionsBoundary, context, notRead });
  }

  const principals = await Promise.all([
    ...users.map((user) => {
      const ofItsGroups = groups.filter(({ GroupName = "" }) => user.GroupList?.includes(GroupName)).map(ofGroup);
      const { UserName: name = "", Arn: arn = "" } = user;
      return judged(
        { kind: "user", name, arn },
        [ofUser(user), ...ofItsGroups],
        user.PermissionsBoundary?.PermissionsBoundaryArn,
      );
    }),
    ...groups.map((group) => {
      const { GroupName: name = "", Arn: arn = "" } = group;
      return judged({ kind: "group", name, arn }, [ofGroup(group)], undefined);
    }),
    ...roles.filter(isForPeople).map((role) => {
      const { RoleName: name = "", Arn: arn = "" } = role;
      return judged({ kind: "role", name, arn }, [ofRole(role)], role.PermissionsBoundary?.PermissionsBoundaryArn);
    }),
  ]);
  return { principals, lacks: [...lacks] };
}

function ofUser({ UserPolicyList: inline, AttachedManagedPolicies: attached }: UserDetail): Policies {
  return { inline, attached };
}

function ofGroup({ GroupPolicyList: inline, AttachedManagedPolicies: attached }: GroupDetail): Policies {
  return { inline, attached };
}

function ofRole({ RolePolicyList: inline, AttachedManagedPolicies: attached }: RoleDetail): Policies {
  return { inline, attached };
}

/** As IAM has documents: URL-encoded by RFC 3986. */
function decoded(document = ""): string {
  return decodeURIComponent(document);
}
