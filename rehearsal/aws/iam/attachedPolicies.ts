import { z } from "zod";
import { attachedPolicyArns } from "../authorization/principalPolicies";
import { AwsError } from "../awsError";
import type { IamPrincipal } from "../contents";
import { operation, type Operation, type Request } from "../service";
import { noSuchEntity } from "./iamErrors";
import { markedPage, markedPageInput } from "./pages";
import { named, policyArn, policyOf } from "./policies";
import { groupName, principalOf, roleName, userName } from "./principals";

type Kind = IamPrincipal["kind"];

/** Customer managed policies on roles, users and groups: AttachRolePolicy, DetachRolePolicy, ListAttachedRolePolicies and their like. */
/** Source: IAM API reference, ListAttachedRolePolicies. */
const policyPath = z
  .string()
  .max(512)
  .regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/, "must begin and end with a slash")
  .default("/");

export const attachedPolicyOperations: Readonly<Record<string, Operation>> = {
  ListAttachedRolePolicies: listing(z.object({ RoleName: roleName, ...page() }), ({ RoleName }) => ["role", RoleName]),
  ListAttachedUserPolicies: listing(z.object({ UserName: userName, ...page() }), ({ UserName }) => ["user", UserName]),
  ListAttachedGroupPolicies: listing(z.object({ GroupName: groupName, ...page() }), ({ GroupName }) => [
    "group",
    GroupName,
  ]),

  AttachRolePolicy: operation("writes", z.object({ RoleName: roleName, PolicyArn: policyArn }), (input, request) =>
    attach("role", input.RoleName, input.PolicyArn, request),
  ),
  AttachUserPolicy: operation("writes", z.object({ UserName: userName, PolicyArn: policyArn }), (input, request) =>
    attach("user", input.UserName, input.PolicyArn, request),
  ),
  AttachGroupPolicy: operation("writes", z.object({ GroupName: groupName, PolicyArn: policyArn }), (input, request) =>
    attach("group", input.GroupName, input.PolicyArn, request),
  ),

  DetachRolePolicy: operation("writes", z.object({ RoleName: roleName, PolicyArn: policyArn }), (input, request) =>
    detach("role", input.RoleName, input.PolicyArn, request),
  ),
  DetachUserPolicy: operation("writes", z.object({ UserName: userName, PolicyArn: policyArn }), (input, request) =>
    detach("user", input.UserName, input.PolicyArn, request),
  ),
  DetachGroupPolicy: operation("writes", z.object({ GroupName: groupName, PolicyArn: policyArn }), (input, request) =>
    detach("group", input.GroupName, input.PolicyArn, request),
  ),
};

function page() {
  return { PathPrefix: policyPath, ...markedPageInput };
}

interface Page {
  PathPrefix: string;
  MaxItems: number;
  Marker?: string | undefined;
}

function listing<Shape extends z.ZodType<Page>>(
  shape: Shape,
  whose: (input: z.output<Shape>) => [kind: Kind, name: string],
): Operation {
  return operation("reads", shape, (input, request) => {
    const principal = principalOf(...whose(input), request);
    const attached = [...(principal.unknownPolicies ?? []), ...attachedPolicyArns(principal, request.contents)];
    const policies = attached.map(named).filter(({ path }) => path.startsWith(input.PathPrefix));
    return markedPage(
      "AttachedPolicies",
      policies.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
      input,
    );
  });
}

function attach(kind: Kind, name: string, arn: string, request: Request): Record<string, never> {
  const principal = modifiable(kind, name, request);
  const { arn: policyArn } = policyOf(arn, request);
  const { contents, caller } = request;
  if (!attachedPolicyArns(principal, contents).includes(policyArn)) {
    const attachment = { account: caller.account, policyArn };
    const { rolePolicyAttachments, userPolicyAttachments, groupPolicyAttachments } = contents;
    if (kind === "role") rolePolicyAttachments.push({ ...attachment, roleName: name });
    if (kind === "user") userPolicyAttachments.push({ ...attachment, userName: name });
    if (kind === "group") groupPolicyAttachments.push({ ...attachment, groupName: name });
  }
  return {};
}

function detach(kind: Kind, name: string, policyArn: string, request: Request): Record<string, never> {
  const principal = modifiable(kind, name, request);
  const { contents, caller } = request;
  if (!attachedPolicyArns(principal, contents).includes(policyArn)) {
    throw noSuchEntity(`Policy ${policyArn} was not found.`);
  }
  const isOther = (each: { account: string; policyArn: string }, of: string) =>
    each.account !== caller.account || each.policyArn !== policyArn || of !== name;
  if (kind === "role") keep(contents.rolePolicyAttachments, (each) => isOther(each, each.roleName));
  if (kind === "user") keep(contents.userPolicyAttachments, (each) => isOther(each, each.userName));
  if (kind === "group") keep(contents.groupPolicyAttachments, (each) => isOther(each, each.groupName));
  return {};
}

/** In place, for the list is held elsewhere, too. */
function keep<T>(list: T[], wanted: (each: T) => boolean): void {
  list.splice(0, list.length, ...list.filter(wanted));
}

/** The roles that AWS services keep (those of permission sets among them) can only be changed by these services. */
function modifiable(kind: Kind, name: string, request: Request): IamPrincipal {
  const principal = principalOf(kind, name, request);
  if (kind === "role" && /^\/aws-(reserved|service-role)\//.test(principal.path)) {
    throw new AwsError(
      "UnmodifiableEntity",
      `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
    );
  }
  return principal;
}
