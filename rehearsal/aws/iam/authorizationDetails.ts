import { z } from "zod";
import { attachedPolicyArns } from "../authorization/principalPolicies";
import type { IamPolicy, IamPrincipal } from "../contents";
import { beginning } from "../identifiers";
import { operation, type Output, type Request } from "../service";
import { markedPage, markedPageInput } from "./pages";
import { named, policyForm, readablePolicyOf } from "./policies";
import { groupForm, principalsOf, roleForm, userForm } from "./principals";
import { versionForm } from "./policyVersions";

const entityTypes = ["User", "Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy"] as const;

/** What a page holds, whatever kinds it is of. */
interface Entity {
  readonly list: "UserDetailList" | "GroupDetailList" | "RoleDetailList" | "Policies";
  readonly form: Output;
}

/**
 * GetAccountAuthorizationDetails: the users, groups, roles and policies of the caller's account, by Filter. Pages count entities of all
 * kinds together. AWS managed policies are those that are attached to something.
 *
 * A principal's permissions boundary, which the organization's file has as a document, is told as a customer managed policy of its own,
 * permissions-boundary-of/NAME: that it has an ARN is AWS's, which one is local AWS's choice.
 *
 * Sources: IAM API Reference, GetAccountAuthorizationDetails, with its types UserDetail, GroupDetail, RoleDetail and
 * ManagedPolicyDetail. Documents come URL-encoded.
 */
export const authorizationDetailsOperations = {
  GetAccountAuthorizationDetails: operation(
    "reads",
    z.object({
      // An empty list goes over the wire as an empty text.
      Filter: z.preprocess((value) => (value === "" ? undefined : value), z.array(z.enum(entityTypes)).optional()),
      ...markedPageInput,
    }),
    (input, request) => {
      const wanted = input.Filter ?? entityTypes;
      const principals = principalsOf(request.caller.account, request.contents);
      const entities = wanted.flatMap((type) => entitiesOf(type, principals, request));
      const { Entities, ...page } = markedPage("Entities", entities, input);
      const of = (list: Entity["list"]) => Entities.filter((each) => each.list === list).map(({ form }) => form);
      return {
        ...page,
        UserDetailList: of("UserDetailList"),
        GroupDetailList: of("GroupDetailList"),
        RoleDetailList: of("RoleDetailList"),
        Policies: of("Policies"),
      };
    },
  ),
};

function entitiesOf(type: (typeof entityTypes)[number], principals: IamPrincipal[], request: Request): Entity[] {
  const { contents, caller } = request;
  const kind = (of: IamPrincipal["kind"]) => principals.filter((each) => each.kind === of);
  switch (type) {
    case "User":
      return kind("user").map((user) => ({ list: "UserDetailList", form: userDetail(user, principals, request) }));
    case "Group":
      return kind("group").map((group) => ({
        list: "GroupDetailList",
        form: { ...groupForm(group), GroupPolicyList: inlineForm(group), ...attachedForm(group, request) },
      }));
    case "Role":
      return kind("role").map((role) => ({ list: "RoleDetailList", form: roleDetail(role, request) }));
    case "LocalManagedPolicy": {
      const own = contents.iamPolicies.filter(({ account }) => account === caller.account);
      return [...own, ...principals.flatMap((each) => boundaryPolicy(each, request) ?? [])].map((policy) =>
        policyEntity(policy, request),
      );
    }
    case "AWSManagedPolicy": {
      const arns = new Set(principals.flatMap((each) => attachedArns(each, request)));
      return [...arns]
        .filter((arn) => arn.startsWith(`arn:${contents.partition}:iam::aws:`))
        .map((arn) => policyEntity(readablePolicyOf(arn, request), request));
    }
  }
}

function userDetail(user: IamPrincipal, principals: readonly IamPrincipal[], request: Request): Output {
  const groups = principals.filter(({ kind, members }) => kind === "group" && members?.includes(user.name));
  return {
    ...userForm(user),
    UserPolicyList: inlineForm(user),
    GroupList: groups.map(({ name }) => name),
    ...attachedForm(user, request),
    ...boundaryForm(user, request),
    Tags: [],
  };
}

function roleDetail(role: IamPrincipal, request: Request): Output {
  return {
    ...roleForm(role),
    MaxSessionDuration: undefined, // which RoleDetail does not have
    InstanceProfileList: [],
    RolePolicyList: inlineForm(role),
    ...attachedForm(role, request),
    ...boundaryForm(role, request),
    Tags: [],
    RoleLastUsed: {},
  };
}

function inlineForm({ inlinePolicies }: IamPrincipal): Output[] {
  return Object.entries(inlinePolicies).map(([name, document]) => ({
    PolicyName: name,
    PolicyDocument: encodeURIComponent(typeof document === "string" ? document : JSON.stringify(document)),
  }));
}

function attachedArns(principal: IamPrincipal, { contents }: Request): string[] {
  return [...(principal.unknownPolicies ?? []), ...attachedPolicyArns(principal, contents)];
}

function attachedForm(principal: IamPrincipal, request: Request): Output {
  const attached = attachedArns(principal, request).map(named);
  return { AttachedManagedPolicies: attached.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })) };
}

function boundaryForm(principal: IamPrincipal, request: Request): Output {
  const policy = boundaryPolicy(principal, request);
  return policy === undefined
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: "PermissionsBoundaryPolicy",
          PermissionsBoundaryArn: policy.arn,
        },
      };
}

function boundaryPolicy(principal: IamPrincipal, { contents }: Request): IamPolicy | undefined {
  const { account, name, permissionsBoundary: document } = principal;
  if (document === undefined) return undefined;
  return {
    account,
    ...named(`arn:${contents.partition}:iam::${account}:policy/permissions-boundary-of/${name}`),
    createdDate: beginning,
    updatedDate: beginning,
    versions: [{ id: "v1", document: JSON.stringify(document), isDefault: true, createdDate: beginning }],
    versionsMade: 1,
  };
}

function policyEntity(policy: IamPolicy, request: Request): Entity {
  const versions = policy.versions.toReversed().map((version) => versionForm(version, "with document"));
  return { list: "Policies", form: { ...policyForm(policy, request), PolicyVersionList: versions } };
}
