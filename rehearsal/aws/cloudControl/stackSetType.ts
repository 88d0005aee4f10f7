import { z } from "zod";
import { AwsError } from "../awsError";
import { updateEverywhere } from "../cloudFormation/stackSetOperations";
import { existingStackSet, requireOrganizationsAccess, stackSetsOf } from "../cloudFormation/stackSets";
import { requireCapabilities, templatePolicies } from "../cloudFormation/template";
import type { StackSet } from "../contents";
import { newUuid } from "../identifiers";
import { stackSetPermissions } from "./handlerPermissions";
import type { Properties, ResourceType } from "./resourceType";

const percentage = z.int().min(0).max(100);

/** The schema of AWS::CloudFormation::StackSet, as the CloudFormation registry has it, for service-managed permissions. */
const model = z.strictObject({
  StackSetName: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z][a-zA-Z0-9-]{0,127}$/),
  StackSetId: z.string().optional(),
  PermissionModel: z.literal("SERVICE_MANAGED", "must be SERVICE_MANAGED: local AWS has no other"),
  TemplateBody: z.string().min(1).max(51_200),
  Description: z.string().min(1).max(1024).optional(),
  Capabilities: z.array(z.enum(["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"])).default([]),
  AutoDeployment: z
    .strictObject({ Enabled: z.boolean().optional(), RetainStacksOnAccountRemoval: z.boolean().optional() })
    .default({}),
  ManagedExecution: z.strictObject({ Active: z.boolean().optional() }).default({}),
  OperationPreferences: z
    .strictObject({
      FailureToleranceCount: z.int().min(0).optional(),
      FailureTolerancePercentage: percentage.optional(),
      MaxConcurrentCount: z.int().min(1).optional(),
      MaxConcurrentPercentage: percentage.optional(),
      RegionConcurrencyType: z.enum(["SEQUENTIAL", "PARALLEL"]).optional(),
      ConcurrencyMode: z.enum(["STRICT_FAILURE_TOLERANCE", "SOFT_FAILURE_TOLERANCE"]).optional(),
    })
    .optional(),
  CallAs: z.literal("SELF", "must be SELF: local AWS has StackSets of the management account alone").optional(),
  Tags: z
    .array(
      z.strictObject({
        Key: z
          .string()
          .min(1)
          .max(128)
          .regex(/^(?!aws:.*)[a-zA-Z0-9\s:_./=+-]+$/),
        Value: z.string().min(1).max(256),
      }),
    )
    .max(50)
    .default([]),
});

/**
 * AWS::CloudFormation::StackSet. Its handlers, whose source is public (aws-cloudformation-resource-providers-cloudformation), know
 * StackInstancesGroup from a request alone, since it is write-only: an update through Cloud Control cannot tell what left the
 * group, and a deletion, for which there is no more than the identifier, finds the StackSet not empty. Local AWS has stack
 * instances that CreateStackInstances makes, and refuses that property.
 */
export const stackSetType: ResourceType = {
  name: "AWS::CloudFormation::StackSet",
  primaryIdentifier: ["StackSetId"],
  createOnly: ["PermissionModel", "StackSetName"],
  readOnly: ["StackSetId"],
  model,
  listInput: z.object({}),
  permissions: stackSetPermissions,

  create: (properties, request) => {
    const { contents, caller, region } = request;
    requireOrganizationsAccess(request);
    const desired = model.parse(properties);
    requireCapabilities(templatePolicies(desired.TemplateBody), desired.Capabilities);
    if (stackSetsOf(request).some(({ name }) => name === desired.StackSetName)) {
      const message = `Resource of type 'AWS::CloudFormation::StackSet' with identifier '${desired.StackSetName}' already exists.`;
      throw new AwsError("ConflictException", message);
    }
    const id = `${desired.StackSetName}:${newUuid(contents)}`;
    const made: StackSet = {
      ...settings(desired),
      id,
      name: desired.StackSetName,
      account: caller.account,
      region,
      targets: [],
      instances: [],
      reached: [],
    };
    contents.stackSets.push(made);
    return propertiesOf(made);
  },

  read: (identifier, request) => {
    try {
      return propertiesOf(existingStackSet(identifier, request));
    } catch (error) {
      if (error instanceof AwsError && error.type === "StackSetNotFoundException") return undefined;
      throw error;
    }
  },

  update: (identifier, properties, request) => {
    requireOrganizationsAccess(request);
    const stackSet = existingStackSet(identifier, request);
    const desired = model.parse(properties);
    requireCapabilities(templatePolicies(desired.TemplateBody), desired.Capabilities);
    const isOther = stackSet.templateBody !== desired.TemplateBody;
    delete stackSet.description;
    Object.assign(stackSet, settings(desired));
    if (isOther) {
      const { operationId, status } = updateEverywhere(stackSet, request);
      if (status !== "SUCCEEDED") {
        throw new AwsError(
          "GeneralServiceException",
          `Stack set operation [${operationId}] was unexpectedly stopped or failed`,
        );
      }
    }
    return propertiesOf(stackSet);
  },

  remove: (identifier, request) => {
    requireOrganizationsAccess(request);
    const stackSet = existing(identifier, request);
    if (stackSet.instances.length > 0) {
      throw new AwsError("StackSetNotEmptyException", "StackSet is not empty");
    }
    const { stackSets } = request.contents;
    stackSets.splice(stackSets.indexOf(stackSet), 1);
  },

  list: (_properties, request) => stackSetsOf(request).map(({ id }) => ({ StackSetId: id })),
};

/** Gone, as the handler says it for a resource that somebody has deleted. */
function existing(identifier: string, request: Parameters<ResourceType["read"]>[1]): StackSet {
  try {
    return existingStackSet(identifier, request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError("ResourceNotFoundException", error.message);
  }
}

function settings(desired: z.output<typeof model>) {
  const { TemplateBody, Description, Capabilities, AutoDeployment, ManagedExecution, Tags } = desired;
  return {
    ...(Description !== undefined && { description: Description }),
    templateBody: TemplateBody,
    capabilities: Capabilities,
    autoDeployment: filled(AutoDeployment),
    managedExecution: filled(ManagedExecution),
    tags: Tags,
  };
}

/** Without members that are there and undefined. */
function filled<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}

function propertiesOf(stackSet: StackSet): Properties {
  const { id, name, description, templateBody, capabilities, autoDeployment, managedExecution, tags } = stackSet;
  return {
    StackSetId: id,
    StackSetName: name,
    PermissionModel: "SERVICE_MANAGED",
    TemplateBody: templateBody,
    ...(description !== undefined && { Description: description }),
    Capabilities: capabilities,
    AutoDeployment: autoDeployment,
    ManagedExecution: managedExecution,
    ...(tags.length > 0 && { Tags: tags }),
  };
}
