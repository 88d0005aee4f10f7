import {
  CloudControlClient,
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  ListResourcesCommand,
  type ProgressEvent,
  UpdateResourceCommand,
} from "@aws-sdk/client-cloudcontrol";
import assert from "node:assert/strict";
import { administratorCaller, clientOf, instanceArn, managementCaller, useExampleAws } from "./exampleAws";

const user = "User: arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal";
const instance = { InstanceArn: instanceArn };
const ofInstance = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef";
const permissionSetArn = `${ofInstance}/ps-0000000000000002`;

type Handler = "create" | "read" | "update" | "delete" | "list";

interface Described {
  TypeName: string;
  Identifier: string;
  properties: object;
  patch: object[];
  /** By handler, as the CloudFormation schema of the type lists them; without the prefix sso. */
  actions: Record<Handler, readonly string[]>;
}

const read = [
  "DescribePermissionSet",
  "ListTagsForResource",
  "ListManagedPoliciesInPermissionSet",
  "ListCustomerManagedPolicyReferencesInPermissionSet",
  "GetInlinePolicyForPermissionSet",
  "GetPermissionsBoundaryForPermissionSet",
];
const permissionSet: Described = {
  TypeName: "AWS::SSO::PermissionSet",
  Identifier: `${instanceArn}|${permissionSetArn}`,
  properties: {
    Name: "Developer",
    InlinePolicy: { Version: "2012-10-17", Statement: [] },
    ManagedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    CustomerManagedPolicyReferences: [{ Name: "Base" }],
    PermissionsBoundary: { ManagedPolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
    Tags: [{ Key: "team", Value: "platform" }],
  },
  patch: [{ op: "add", path: "/Description", value: "Builds" }],
  actions: {
    create: [
      "CreatePermissionSet",
      "PutInlinePolicyToPermissionSet",
      "AttachManagedPolicyToPermissionSet",
      "AttachCustomerManagedPolicyReferenceToPermissionSet",
      "PutPermissionsBoundaryToPermissionSet",
      "TagResource",
      "DescribePermissionSet",
      "ListTagsForResource",
      "ListManagedPoliciesInPermissionSet",
      "ListCustomerManagedPolicyReferencesInPermissionSet",
      "GetInlinePolicyForPermissionSet",
      "GetPermissionsBoundaryForPermissionSet",
    ],
    read,
    update: [
      "UpdatePermissionSet",
      "TagResource",
      "UntagResource",
      "ListTagsForResource",
      "AttachManagedPolicyToPermissionSet",
      "AttachCustomerManagedPolicyReferenceToPermissionSet",
      "DetachManagedPolicyFromPermissionSet",
      "DetachCustomerManagedPolicyReferenceFromPermissionSet",
      "ListManagedPoliciesInPermissionSet",
      "ListCustomerManagedPolicyReferencesInPermissionSet",
      "PutInlinePolicyToPermissionSet",
      "GetPermissionsBoundaryForPermissionSet",
      "DeletePermissionsBoundaryFromPermissionSet",
      "PutPermissionsBoundaryToPermissionSet",
      "DeleteInlinePolicyFromPermissionSet",
      "ProvisionPermissionSet",
      "DescribePermissionSet",
      "GetInlinePolicyForPermissionSet",
      "DescribePermissionSetProvisioningStatus",
    ],
    delete: ["DeletePermissionSet"],
    list: ["ListPermissionSets"],
  },
};

const bare: Described = {
  ...permissionSet,
  properties: { Name: "Developer" },
  actions: {
    create: ["CreatePermissionSet", ...read],
    read,
    update: [
      "UpdatePermissionSet",
      "ListTagsForResource",
      "ListManagedPoliciesInPermissionSet",
      "ListCustomerManagedPolicyReferencesInPermissionSet",
      "GetPermissionsBoundaryForPermissionSet",
      "ProvisionPermissionSet",
      "DescribePermissionSet",
      "GetInlinePolicyForPermissionSet",
      "DescribePermissionSetProvisioningStatus",
    ],
    delete: ["DeletePermissionSet"],
    list: ["ListPermissionSets"],
  },
};

const attributes: Described = {
  TypeName: "AWS::SSO::InstanceAccessControlAttributeConfiguration",
  Identifier: instanceArn,
  properties: { AccessControlAttributes: [] },
  patch: [{ op: "replace", path: "/AccessControlAttributes", value: [{ Key: "Team", Value: { Source: ["a"] } }] }],
  actions: {
    create: [
      "CreateInstanceAccessControlAttributeConfiguration",
      "UpdateApplicationProfileForAWSAccountInstance",
      "DescribeInstanceAccessControlAttributeConfiguration",
    ],
    read: ["DescribeInstanceAccessControlAttributeConfiguration"],
    update: [
      "UpdateInstanceAccessControlAttributeConfiguration",
      "DescribeInstanceAccessControlAttributeConfiguration",
    ],
    delete: [
      "DeleteInstanceAccessControlAttributeConfiguration",
      "DescribeInstanceAccessControlAttributeConfiguration",
    ],
    list: ["DescribeInstanceAccessControlAttributeConfiguration"],
  },
};

describe("Cloud Control's handlers call AWS as the caller:", () => {
  const aws = useExampleAws();

  function allowOnly(actions: readonly string[]): void {
    const engineer = aws().contents.enforcedPrincipals.find(({ name }) => name === "platform-engineer");
    const Action = ["cloudformation:*", ...actions.map((action) => `sso:${action}`)];
    const only = { Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource: "*" } };
    Object.assign(engineer ?? assert.fail(), { inlinePolicies: { only } });
  }

  /** What came of it: SUCCESS, or what the caller is told, at once ("refused") or by the request's status ("failed"). */
  async function outcome(described: Described, handler: Handler, caller = managementCaller): Promise<string[]> {
    const control = new CloudControlClient(await clientOf(aws(), caller));
    const { TypeName, Identifier, properties, patch } = described;
    const ended = async ({ ProgressEvent: started }: { ProgressEvent?: ProgressEvent | undefined }) => {
      const status = new GetResourceRequestStatusCommand({ RequestToken: started?.RequestToken });
      const { ProgressEvent } = await control.send(status);
      const { OperationStatus, ErrorCode, StatusMessage } = ProgressEvent ?? {};
      return OperationStatus === "FAILED" ? ["failed", ErrorCode, StatusMessage] : [OperationStatus];
    };
    const handlers: Record<Handler, () => Promise<(string | undefined)[]>> = {
      create: async () => {
        const DesiredState = JSON.stringify({ ...instance, ...properties });
        return ended(await control.send(new CreateResourceCommand({ TypeName, DesiredState })));
      },
      read: async () => {
        await control.send(new GetResourceCommand({ TypeName, Identifier }));
        return ["SUCCESS"];
      },
      update: async () => {
        const PatchDocument = JSON.stringify(patch);
        return ended(await control.send(new UpdateResourceCommand({ TypeName, Identifier, PatchDocument })));
      },
      delete: async () => ended(await control.send(new DeleteResourceCommand({ TypeName, Identifier }))),
      list: async () => {
        await control.send(new ListResourcesCommand({ TypeName, ResourceModel: JSON.stringify(instance) }));
        return ["SUCCESS"];
      },
    };
    const told = await handlers[handler]().catch((error: unknown) => {
      assert(error instanceof Error);
      return ["refused", error.name, error.message];
    });
    return told.map(String);
  }

  const resourceOf = (action: string, handler: Handler) => {
    if (action === "UpdateApplicationProfileForAWSAccountInstance") return "*";
    return action.endsWith("Resource") ? (handler === "create" ? `${ofInstance}/*` : permissionSetArn) : instanceArn;
  };

  for (const [what, described] of Object.entries({ "a filled permission set": permissionSet, attributes })) {
    for (const [handler, actions] of Object.entries(described.actions) as [Handler, readonly string[]][]) {
      for (const action of actions) {
        it(`to ${handler} ${what} it must be allowed sso:${action}`, async () => {
          if (handler !== "create") {
            assert.deepEqual(await outcome(described, "create", administratorCaller), ["SUCCESS"]);
          }
          const before = structuredClone([aws().contents.permissionSets, aws().contents.instances]);
          allowOnly(actions.filter((each) => each !== action));
          const denial = `${user} is not authorized to perform: sso:${action} on resource: ${resourceOf(action, handler)} because no identity-based policy allows the sso:${action} action`;
          // An update reads first, with the caller waiting; the handlers that change something end their request.
          const atOnce =
            handler === "read" ||
            handler === "list" ||
            (handler === "update" && described.actions.read.includes(action));
          assert.deepEqual(
            await outcome(described, handler),
            atOnce
              ? ["refused", "AccessDeniedException", denial]
              : ["failed", "AccessDenied", `${denial} (Service: SsoAdmin, Status Code: 400)`],
          );
          assert.deepEqual([aws().contents.permissionSets, aws().contents.instances], before);
        });
      }
    }
  }

  for (const [what, described] of Object.entries({
    "a filled permission set": permissionSet,
    "a bare permission set": bare,
    attributes,
  })) {
    for (const [handler, actions] of Object.entries(described.actions) as [Handler, readonly string[]][]) {
      it(`to ${handler} ${what} no more than these is needed`, async () => {
        if (handler !== "create") {
          assert.deepEqual(await outcome(described, "create", administratorCaller), ["SUCCESS"]);
        }
        allowOnly(actions);
        assert.deepEqual(await outcome(described, handler), ["SUCCESS"]);
      });
    }
  }

  it("to take a policy away, what takes it away must be allowed", async () => {
    assert.deepEqual(await outcome(permissionSet, "create", administratorCaller), ["SUCCESS"]);
    allowOnly(permissionSet.actions.update.filter((action) => action !== "DeleteInlinePolicyFromPermissionSet"));
    const removing = { ...permissionSet, patch: [{ op: "remove", path: "/InlinePolicy" }] };
    assert.equal((await outcome(removing, "update"))[1], "AccessDenied");
  });
});
