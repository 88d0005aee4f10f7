import {
  type CloudFormationClient,
  CreateStackInstancesCommand,
  DeleteStackInstancesCommand,
  type DeploymentTargets,
  paginateListStackInstances,
  type StackSetOperationPreferences,
} from "@aws-sdk/client-cloudformation";
import { operationError } from "../awsError";
import { changedPaths } from "../propertyDiff";
import {
  containsUnknown,
  isObject,
  type PropertyMap,
  unknownValue,
  withoutNulls,
  withoutSecrets,
} from "../propertyValues";
import type {
  Call,
  CheckFailure,
  CheckRequest,
  CheckResult,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  ReadRequest,
  ResourceType,
  UpdateRequest,
} from "../providerPlugin";
import { ResourceInitFailed } from "../providerPlugin";
import { withDefaults, withoutDefaultsNote } from "./defaults";
import { succeeded } from "./stackSetOperation";

const supported = ["stackSetName", "stackSetInstanceRegion", "deploymentTargets", "operationPreferences"];
const replacing = ["stackSetName", "stackSetInstanceRegion", "deploymentTargets"];

/**
 * aws:cloudformation/stackSetInstance:StackSetInstance, for organizational units. Its id is STACK-SET,UNIT/UNIT,REGION. What it reads is
 * the accounts alone: units that nothing is deployed to any more are no drift to it. Source of ids and words:
 * hashicorp/terraform-provider-aws, internal/service/cloudformation/stack_set_instance.go, of 2025.
 */
export class StackSetInstance implements ResourceType {
  constructor(private readonly cloudFormation: () => CloudFormationClient) {}

  check({ news }: CheckRequest): CheckResult {
    const inputs = withoutNulls(news);
    const failures = failuresOf(inputs);
    return failures.length > 0
      ? { failures }
      : { inputs: withDefaults(inputs, { callAs: "SELF", retainStack: false }) };
  }

  diff({ oldInputs, news }: DiffRequest): DiffResult {
    const changed = changedPaths(withoutDefaultsNote(oldInputs), withoutDefaultsNote(news));
    const isReplacing = (path: string) => replacing.some((each) => path === each || path.startsWith(`${each}.`));
    const detailedDiff = new Map(
      [...changed].map(([path, kind]) => [path, isReplacing(path) ? (`${kind}-replace` as const) : kind]),
    );
    const diffs = [...detailedDiff.keys()];
    return {
      changes: diffs.length > 0 ? "some" : "none",
      diffs,
      replaces: diffs.filter(isReplacing),
      detailedDiff,
    };
  }

  async create({ inputs, preview }: CreateRequest, call: Call): Promise<{ id: string; outputs: PropertyMap }> {
    if (preview) {
      const computed = ["accountId", "id", "organizationalUnitId", "stackId", "stackInstanceSummaries"];
      const unknown = Object.fromEntries(computed.map((key) => [key, unknownValue]));
      return { id: "", outputs: { ...withoutDefaultsNote(inputs), ...unknown } };
    }
    const wanted = wantedOf(inputs);
    const doing = `creating CloudFormation StackSet (${wanted.stackSetName}) Instance`;
    const operationId = await this.started(doing, "CreateStackInstances", () =>
      this.cloudFormation().send(new CreateStackInstancesCommand(wanted.input)),
    );
    const id = [wanted.stackSetName, wanted.units.join("/"), wanted.region].join(",");
    try {
      await succeeded(this.cloudFormation(), wanted.stackSetName, operationId, call);
    } catch (error) {
      const outputs = { ...withoutDefaultsNote(inputs), id };
      const message = errorText(`${doing}: waiting for completion: ${(error as Error).message}`);
      throw new ResourceInitFailed(message, id, outputs, inputs);
    }
    return { id, outputs: await this.outputs(id, inputs) };
  }

  async read({ id, inputs, outputs }: ReadRequest): Promise<{ inputs: PropertyMap; outputs: PropertyMap } | undefined> {
    if (Object.keys(inputs).length === 0) {
      throw new Error("the stand-in for aws:cloudformation/stackSetInstance:StackSetInstance imports nothing");
    }
    const state = await this.outputs(id, outputs).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    return state && { inputs, outputs: state };
  }

  /**
   * Changes of its preferences, which matter to the next operation alone; also what comes after a creation that failed in some accounts,
   * where the real plugin does not try again either.
   */
  async update({ id, news, preview }: UpdateRequest): Promise<PropertyMap> {
    return preview ? { ...withoutDefaultsNote(news), id } : this.outputs(id, news);
  }

  async delete({ id, outputs }: DeleteRequest, call: Call): Promise<void> {
    const { stackSetName, input } = wantedOf(outputs);
    const doing = `deleting CloudFormation StackSet Instance (${id})`;
    try {
      const operationId = await this.started(doing, "DeleteStackInstances", () =>
        this.cloudFormation().send(new DeleteStackInstancesCommand({ ...input, RetainStacks: false })),
      );
      await succeeded(this.cloudFormation(), stackSetName, operationId, call).catch((error: unknown) => {
        const { message } = error as Error;
        const text = `waiting for CloudFormation StackSet Instance (${id}) delete: ${message}`;
        throw new Error(errorText(text), { cause: error });
      });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  private async started(
    doing: string,
    operation: string,
    call: () => Promise<{ OperationId?: string | undefined }>,
  ): Promise<string> {
    try {
      return (await call()).OperationId ?? "";
    } catch (error) {
      const { message } = operationError("CloudFormation", operation, error);
      throw new Error(errorText(`${doing}: ${message}`), { cause: error });
    }
  }

  private async outputs(id: string, values: PropertyMap): Promise<PropertyMap> {
    const [stackSetName = "", units = "", region = ""] = id.split(",");
    const summaries: PropertyMap[] = [];
    const input = { StackSetName: stackSetName, StackInstanceRegion: region, CallAs: "SELF" as const };
    for await (const { Summaries = [] } of paginateListStackInstances({ client: this.cloudFormation() }, input)) {
      for (const { Account = "", OrganizationalUnitId = "", StackId = "" } of Summaries) {
        if (units.split("/").includes(OrganizationalUnitId)) {
          summaries.push({ accountId: Account, organizationalUnitId: OrganizationalUnitId, stackId: StackId });
        }
      }
    }
    return { ...withoutDefaultsNote(values), id, stackInstanceSummaries: summaries };
  }
}

function failuresOf(inputs: PropertyMap): CheckFailure[] {
  const { stackSetName, deploymentTargets } = inputs;
  const unsupported = Object.keys(inputs).filter((key) => !supported.includes(key) && key !== "__defaults");
  const isOfUnits =
    containsUnknown(deploymentTargets ?? null) ||
    (isObject(deploymentTargets) && Object.keys(deploymentTargets).join() === "organizationalUnitIds");
  return [
    ...unsupported.map((key) => ({
      property: key,
      reason: `the stand-in for aws:cloudformation/stackSetInstance:StackSetInstance does not support "${key}"; it supports ${supported.join(", ")}`,
    })),
    ...(stackSetName === undefined ? [{ property: "stackSetName", reason: "Missing required argument" }] : []),
    ...(isOfUnits
      ? []
      : [{ property: "deploymentTargets", reason: "the stand-in supports organizationalUnitIds alone" }]),
  ];
}

function wantedOf(values: PropertyMap) {
  const plain = withoutSecrets(values) as PropertyMap;
  const stackSetName = plain["stackSetName"] as string;
  const region = plain["stackSetInstanceRegion"] as string;
  const { organizationalUnitIds: units } = plain["deploymentTargets"] as { organizationalUnitIds: string[] };
  const preferences = plain["operationPreferences"] as Record<string, unknown> | undefined;
  const targets: DeploymentTargets = { OrganizationalUnitIds: units };
  return {
    stackSetName,
    region,
    units,
    input: {
      StackSetName: stackSetName,
      Regions: [region],
      DeploymentTargets: targets,
      CallAs: "SELF" as const,
      ...(preferences !== undefined && { OperationPreferences: capitalized(preferences) }),
    },
  };
}

/** maxConcurrentPercentage as CloudFormation has it: MaxConcurrentPercentage. */
function capitalized(values: Record<string, unknown>): StackSetOperationPreferences {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
  );
}

function errorText(message: string): string {
  return `1 error occurred:\n\t* ${message}\n\n`;
}

function isMissing(error: unknown): boolean {
  const missing = ["StackSetNotFoundException", "StackInstanceNotFoundException"];
  const { name, cause } = error as Error;
  return missing.includes(name) || (cause !== undefined && isMissing(cause));
}
