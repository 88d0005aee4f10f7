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
  /** By handler, as the CloudFormation schema of the type lists them; without the service's prefix. */
  actions: Record<Handler, readonly string[]>;
  /** The prefix; sso unless given. */
  prefix?: string;
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

/** Without what its handlers call for stack instances in the request, tags and roles to pass alone. */
const stackSet: Described = {
  TypeName: "AWS::CloudFormation::StackSet",
  Identifier: "sessions",
  properties: { StackSetName: "sessions", PermissionModel: "SERVICE_MANAGED", TemplateBody: '{"Resources":{}}' },
  patch: [{ op: "add", path: "/Description", value: "Builds" }],
  prefix: "cloudformation",
  actions: {
    create: ["GetTemplateSummary", "CreateStackSet"],
    read: ["DescribeStackSet", "ListStackInstances"],
    update: [
      "GetTemplateSummary",
      "UpdateStackSet",
      "DescribeStackSet",
      "DescribeStackSetOperation",
      "ListStackSetOperationResults",
      "ListStackInstances", // which the reading takes that comes before
    ],
    delete: ["DeleteStackSet", "DescribeStackSet"],
    list: ["ListStackSets"],
  },
};
const taggedStackSet: Described = {
  ...stackSet,
  properties: { ...stackSet.properties, Tags: [{ Key: "team", Value: "platform" }] },
  actions: {
    ...stackSet.actions,
    create: [...stackSet.actions.create, "TagResource"],
    update: [...stackSet.actions.update, "TagResource", "UntagResource"],
  },
};

describe("Cloud Control's handlers call AWS as the caller:", () => {
  const aws = useExampleAws();

  function allowOnly(actions: readonly string[], prefix = "sso"): void {
    const engineer = aws().contents.enforcedPrincipals.find(({ name }) => name === "platform-engineer");
    const verbs = ["Create", "Get", "Update", "Delete"].map((verb) => `${verb}Resource`);
    const ofCloudControl = [...verbs, "ListResources", "GetResourceRequestStatus"].map(
      (each) => `cloudformation:${each}`,
    );
    const Action = [...ofCloudControl, ...actions.map((action) => `${prefix}:${action}`)];
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
        const DesiredState = JSON.stringify(
          described.prefix === undefined ? { ...instance, ...properties } : properties,
        );
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
    if (/^(GetTemplateSummary|CreateStackSet|ListStackSets)$/.test(action)) return "*";
    if (action === "UpdateApplicationProfileForAWSAccountInstance") return "*";
    return action.endsWith("Resource") ? (handler === "create" ? `${ofInstance}/*` : permissionSetArn) : instanceArn;
  };

  for (const [what, described] of Object.entries({
    "a filled permission set": permissionSet,
    attributes,
    "a StackSet with tags": taggedStackSet,
  })) {
    const { prefix = "sso" } = described;
    const stackSetArn = "arn:aws:cloudformation:us-east-1:111111111111:stackset/sessions:*";
    for (const [handler, actions] of Object.entries(described.actions) as [Handler, readonly string[]][]) {
      for (const action of actions) {
        it(`to ${handler} ${what} it must be allowed ${prefix}:${action}`, async () => {
          if (handler !== "create") {
            assert.deepEqual(await outcome(described, "create", administratorCaller), ["SUCCESS"]);
          }
          const held = () => [aws().contents.permissionSets, aws().contents.instances, aws().contents.stackSets];
          const before = structuredClone(held());
          const others = actions.filter((each) => each !== action);
          allowOnly(others, prefix);
          const plain = resourceOf(action, handler);
          const resource = prefix === "sso" || plain === "*" ? plain : stackSetArn;
          const denial = `${user} is not authorized to perform: ${prefix}:${action} on resource: ${resource} because no identity-based policy allows the ${prefix}:${action} action`;
          // An update reads first, with the caller waiting; the handlers that change something end their request.
          const atOnce =
            handler === "read" ||
            handler === "list" ||
            (handler === "update" && described.actions.read.includes(action));
          assert.deepEqual(
            await outcome(described, handler),
            atOnce
              ? ["refused", "AccessDeniedException", denial]
              : [
                  "failed",
                  "AccessDenied",
                  `${denial} (Service: ${prefix === "sso" ? "SsoAdmin" : "CloudFormation"}, Status Code: 400)`,
                ],
          );
          assert.deepEqual(held(), before);
        });
      }
    }
  }

  for (const [what, described] of Object.entries({
    "a filled permission set": permissionSet,
    "a bare permission set": bare,
    attributes,
    "a StackSet": stackSet,
    "a StackSet with tags": taggedStackSet,
  })) {
    for (const [handler, actions] of Object.entries(described.actions) as [Handler, readonly string[]][]) {
      it(`to ${handler} ${what} no more than these is needed`, async () => {
        if (handler !== "create") {
          assert.deepEqual(await outcome(described, "create", administratorCaller), ["SUCCESS"]);
        }
        allowOnly(actions, described.prefix);
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
