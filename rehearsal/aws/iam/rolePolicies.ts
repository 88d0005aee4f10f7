import { z } from "zod";
import { AwsError } from "../awsError";
import { operation, type Request } from "../service";
import { noSuchEntity } from "./iamErrors";
import { markedPage, markedPageInput } from "./pages";
import { named, policyArn, policyOf } from "./policies";
import { roleName, roleOf } from "./principals";

const input = z.object({ RoleName: roleName, PolicyArn: policyArn });

export const rolePolicyOperations = {
  ListAttachedRolePolicies: operation(
    "reads",
    z.object({ RoleName: roleName, PathPrefix: z.string().default("/"), ...markedPageInput }),
    (input, request) => {
      const { name, unknownPolicies = [] } = roleOf(input.RoleName, request);
      const attached = [...unknownPolicies, ...attachmentsOf(name, request).map(({ policyArn }) => policyArn)];
      const policies = attached.map(named).filter(({ path }) => path.startsWith(input.PathPrefix));
      return markedPage(
        "AttachedPolicies",
        policies.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
        input,
      );
    },
  ),

  AttachRolePolicy: operation("writes", input, ({ RoleName, PolicyArn }, request) => {
    const { name } = modifiableRole(RoleName, request);
    const { arn } = policyOf(PolicyArn, request);
    const { contents, caller } = request;
    if (!attachmentsOf(name, request).some((each) => each.policyArn === arn)) {
      contents.rolePolicyAttachments.push({ account: caller.account, roleName: name, policyArn: arn });
    }
    return {};
  }),

  DetachRolePolicy: operation("writes", input, ({ RoleName, PolicyArn }, request) => {
    const { name } = modifiableRole(RoleName, request);
    const attachment = attachmentsOf(name, request).find((each) => each.policyArn === PolicyArn);
    if (attachment === undefined) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    const { rolePolicyAttachments } = request.contents;
    rolePolicyAttachments.splice(rolePolicyAttachments.indexOf(attachment), 1);
    return {};
  }),
};

function attachmentsOf(role: string, { contents, caller }: Request) {
  return contents.rolePolicyAttachments.filter((each) => each.account === caller.account && each.roleName === role);
}

/** The roles that AWS services keep (those of permission sets among them) can only be changed by these services. */
function modifiableRole(name: string, request: Request) {
  const role = roleOf(name, request);
  if (/^\/aws-(reserved|service-role)\//.test(role.path)) {
    throw new AwsError(
      "UnmodifiableEntity",
      `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
    );
  }
  return role;
}
