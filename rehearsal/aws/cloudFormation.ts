import { z } from "zod";
import { AwsError } from "./awsError";
import {
  hasOrganizationsAccess,
  existingStackSet,
  requireOrganizationsAccess,
  stackSetsOf,
} from "./cloudFormation/stackSets";
import { operationOf, startOperation } from "./cloudFormation/stackSetOperations";
import type { StackInstance, StackSet, StackSetOperation, StackSetTarget } from "./contents";
import { page, pageInput } from "./pages";
import { operation, type Output, type Request, type Service } from "./service";

const StackSetName = z.string().min(1).max(180);
const CallAs = z.enum(["SELF", "DELEGATED_ADMIN"]).default("SELF");
/** Local AWS forgets StackSets that are deleted. */
const Status = z.enum(["ACTIVE", "DELETED"]).optional();
const Region = z.string().regex(/^[a-zA-Z0-9-]{1,128}$/);
const pages = () => {
  const { MaxResults, NextToken } = pageInput(100);
  return { MaxResults: z.coerce.number().pipe(MaxResults.unwrap()).default(100), NextToken };
};

const targets = z.object({
  StackSetName,
  Accounts: z.undefined("must be left out with service-managed permissions").optional(),
  ParameterOverrides: z.undefined("is not had by local AWS").optional(),
  DeploymentTargets: z.strictObject({
    AccountFilterType: z.literal("NONE", "must be NONE: local AWS deploys to all accounts of a unit").optional(),
    OrganizationalUnitIds: z.array(z.string().regex(/^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/)).min(1),
  }),
  Regions: z.array(Region).min(1),
  OperationPreferences: z
    .object({
      RegionConcurrencyType: z.enum(["SEQUENTIAL", "PARALLEL"]).optional(),
      FailureToleranceCount: z.coerce.number().int().min(0).optional(),
      FailureTolerancePercentage: z.coerce.number().int().min(0).max(100).optional(),
      MaxConcurrentCount: z.coerce.number().int().min(1).optional(),
      MaxConcurrentPercentage: z.coerce.number().int().min(1).max(100).optional(),
      ConcurrencyMode: z.enum(["STRICT_FAILURE_TOLERANCE", "SOFT_FAILURE_TOLERANCE"]).optional(),
    })
    .optional(),
  CallAs,
});

/**
 * AWS CloudFormation, API version 2010-05-15: StackSets with service-managed permissions, which Cloud Control makes, their stack
 * instances in the accounts of organizational units, and whether the organization trusts StackSets.
 */
export const cloudFormation: Service = {
  name: "cloudformation",
  signingName: "cloudformation",
  protocol: "query",
  identifiedBy: "2010-05-15",
  invalidInput: "ValidationError",
  messageMember: "message",
  operations: {
    DescribeOrganizationsAccess: operation("reads", z.object({ CallAs }), (_input, { contents }) => ({
      Status: hasOrganizationsAccess(contents) ? "ENABLED" : "DISABLED",
    })),
    DescribeStackSet: operation("reads", z.object({ StackSetName, CallAs }), (input, request) => ({
      StackSet: stackSetForm(existingStackSet(input.StackSetName, request), request),
    })),
    ListStackSets: operation("reads", z.object({ Status, CallAs, ...pages() }), (input, request) =>
      page(
        "Summaries",
        (input.Status === "DELETED" ? [] : stackSetsOf(request)).map(({ id, name, description }) => ({
          StackSetName: name,
          StackSetId: id,
          ...(description !== undefined && { Description: description }),
          Status: "ACTIVE",
          PermissionModel: "SERVICE_MANAGED",
        })),
        input,
        "ValidationError",
      ),
    ),
    CreateStackInstances: operation("writes", targets, (input, request) => {
      requireOrganizationsAccess(request);
      const stackSet = existingStackSet(input.StackSetName, request);
      const { root, organizationalUnits } = request.contents;
      const unknown = input.DeploymentTargets.OrganizationalUnitIds.find((id) =>
        [root, ...organizationalUnits].every((each) => each.id !== id),
      );
      if (unknown !== undefined) throw new AwsError("ValidationError", `Organizational unit ${unknown} not found`);
      return { OperationId: startOperation(stackSet, "CREATE", targetsOf(input), request).operationId };
    }),
    DeleteStackInstances: operation(
      "writes",
      targets.extend({ RetainStacks: z.enum(["true", "false"]) }),
      (input, request) => {
        requireOrganizationsAccess(request);
        const stackSet = existingStackSet(input.StackSetName, request);
        const wanted = targetsOf(input);
        // As it is reported: hashicorp/terraform-provider-aws#33785.
        const unknown = wanted.find(({ organizationalUnitId }) =>
          [...stackSet.targets, ...stackSet.instances].every(
            (each) => each.organizationalUnitId !== organizationalUnitId,
          ),
        );
        if (unknown !== undefined) {
          throw new AwsError(
            "ValidationError",
            `Organizational unit ${unknown.organizationalUnitId} not found in StackSet`,
          );
        }
        if (input.RetainStacks === "true") {
          throw new AwsError("ValidationError", "Local AWS does not retain the stacks of a StackSet.");
        }
        return { OperationId: startOperation(stackSet, "DELETE", wanted, request).operationId };
      },
    ),
    DescribeStackSetOperation: operation(
      "reads",
      z.object({ StackSetName, OperationId: z.string().min(1).max(128), CallAs }),
      (input, request) => {
        const stackSet = existingStackSet(input.StackSetName, request);
        return { StackSetOperation: operationForm(operationOf(stackSet, input.OperationId, request)) };
      },
    ),
    ListStackSetOperationResults: operation(
      "reads",
      z.object({ StackSetName, OperationId: z.string().min(1).max(128), CallAs, ...pages() }),
      (input, request) => {
        const stackSet = existingStackSet(input.StackSetName, request);
        const { results } = operationOf(stackSet, input.OperationId, request);
        const summaries = results.map(({ accountId, region, status, statusReason }) => ({
          Account: accountId,
          Region: region,
          Status: status,
          ...(statusReason !== undefined && { StatusReason: statusReason }),
        }));
        return page("Summaries", summaries, input, "ValidationError");
      },
    ),
    ListStackInstances: operation(
      "reads",
      z.object({
        StackSetName,
        StackInstanceAccount: z.string().optional(),
        StackInstanceRegion: Region.optional(),
        Filters: z.undefined("is not had by local AWS").optional(),
        CallAs,
        ...pages(),
      }),
      (input, request) => {
        const stackSet = existingStackSet(input.StackSetName, request);
        const { StackInstanceAccount: account, StackInstanceRegion: region } = input;
        const instances = stackSet.instances
          .filter((each) => account === undefined || each.accountId === account)
          .filter((each) => region === undefined || each.region === region);
        const summaries = instances.map((each) => instanceForm(each, stackSet));
        return page("Summaries", summaries, input, "ValidationError");
      },
    ),
  },
};

function targetsOf({ DeploymentTargets, Regions }: z.output<typeof targets>): StackSetTarget[] {
  return DeploymentTargets.OrganizationalUnitIds.flatMap((organizationalUnitId) =>
    Regions.map((region) => ({ organizationalUnitId, region })),
  );
}

function stackSetForm(stackSet: StackSet, { contents }: Request): Output {
  const { id, name, account, region, description, templateBody, capabilities, tags } = stackSet;
  return {
    StackSetId: id,
    StackSetName: name,
    StackSetARN: `arn:${contents.partition}:cloudformation:${region}:${account}:stackset/${id}`,
    ...(description !== undefined && { Description: description }),
    Status: "ACTIVE",
    TemplateBody: templateBody,
    Capabilities: capabilities,
    Tags: tags,
    PermissionModel: "SERVICE_MANAGED",
    AutoDeployment: stackSet.autoDeployment,
    ManagedExecution: stackSet.managedExecution,
    OrganizationalUnitIds: stackSet.targets.map(({ organizationalUnitId }) => organizationalUnitId),
    Regions: [...new Set(stackSet.targets.map((target) => target.region))],
  };
}

function operationForm({ operationId, stackSetId, action, status, createdDate, results }: StackSetOperation): Output {
  const failed = results.filter((each) => each.status === "FAILED").length;
  return {
    OperationId: operationId,
    StackSetId: stackSetId,
    Action: action,
    Status: status === "IN_PROGRESS" ? "RUNNING" : status,
    CreationTimestamp: new Date(createdDate * 1000).toISOString(),
    ...(status !== "IN_PROGRESS" && { StatusDetails: { FailedStackInstancesCount: failed } }),
  };
}

function instanceForm(instance: StackInstance, { id }: StackSet): Output {
  const { accountId, region, organizationalUnitId, stackId, status, statusReason } = instance;
  return {
    StackSetId: id,
    Region: region,
    Account: accountId,
    StackId: stackId,
    Status: status,
    ...(statusReason !== undefined && { StatusReason: statusReason }),
    StackInstanceStatus: { DetailedStatus: status === "CURRENT" ? "SUCCEEDED" : "FAILED" },
    OrganizationalUnitId: organizationalUnitId,
    DriftStatus: "NOT_CHECKED",
  };
}
