import {
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
} from "@aws-sdk/client-iam";
import { z } from "zod";
import { changedProperties } from "../propertyDiff";
import { type PropertyMap, unknownValue, withoutNulls } from "../propertyValues";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  ReadRequest,
  ResourceType,
} from "../providerPlugin";
import { withDefaults, withoutDefaultsNote } from "./defaults";
import { iamCall, ifThere } from "./iamCall";

const properties = ["policyArn", "role"];
const Request = z.object({ RoleName: z.string(), PolicyArn: z.string() });

/** aws:iam/rolePolicyAttachment:RolePolicyAttachment. Its id is ROLE/POLICY-ARN, and any change replaces it. */
export class RolePolicyAttachment implements ResourceType {
  constructor(private readonly iam: () => IAMClient) {}

  check({ news }: CheckRequest): CheckResult {
    const inputs = withoutNulls(news);
    const missing = properties.filter((property) => inputs[property] === undefined);
    return missing.length > 0
      ? { failures: missing.map((property) => ({ property, reason: "Missing required argument" })) }
      : { inputs: withDefaults(inputs, {}) };
  }

  diff({ oldOutputs, news }: DiffRequest): DiffResult {
    const before = Object.fromEntries(properties.map((key) => [key, oldOutputs[key] ?? null]));
    const changed = changedProperties(before, withoutDefaultsNote(news));
    const detailedDiff = new Map([...changed].map(([key, kind]) => [key, `${kind}-replace` as const]));
    const diffs = [...detailedDiff.keys()];
    return { changes: diffs.length > 0 ? "some" : "none", diffs, replaces: diffs, detailedDiff };
  }

  async create({ inputs, preview }: CreateRequest): Promise<{ id: string; outputs: PropertyMap }> {
    if (preview) {
      return { id: "", outputs: { ...withoutDefaultsNote(inputs), id: unknownValue } };
    }
    const input = Request.parse({ RoleName: inputs["role"], PolicyArn: inputs["policyArn"] });
    const doing = `attaching IAM Policy (${input.PolicyArn}) to IAM Role (${input.RoleName})`;
    await iamCall(doing, "AttachRolePolicy", this.iam().send(new AttachRolePolicyCommand(input)));
    return stateOf(input.RoleName, input.PolicyArn);
  }

  async read({ id }: ReadRequest): Promise<{ inputs: PropertyMap; outputs: PropertyMap } | undefined> {
    const { role, policyArn } = partsOf(id);
    const attached = await ifThere(
      iamCall(`reading IAM Role Policy Attachment (${id})`, "ListAttachedRolePolicies", this.attachedTo(role)),
    );
    if (attached?.includes(policyArn) !== true) {
      return undefined;
    }
    return { inputs: withDefaults({ policyArn, role }, {}), outputs: stateOf(role, policyArn).outputs };
  }

  update(): Promise<PropertyMap> {
    return Promise.reject(new Error("a role policy attachment is replaced, not updated"));
  }

  async delete({ id }: DeleteRequest): Promise<void> {
    const { role, policyArn } = partsOf(id);
    const detached = this.iam().send(new DetachRolePolicyCommand({ RoleName: role, PolicyArn: policyArn }));
    const doing = `detaching IAM Policy (${policyArn}) from IAM Role (${role})`;
    await ifThere(iamCall(doing, "DetachRolePolicy", detached));
  }

  private async attachedTo(role: string): Promise<string[]> {
    const arns: string[] = [];
    for await (const page of paginateListAttachedRolePolicies({ client: this.iam() }, { RoleName: role })) {
      arns.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn));
    }
    return arns;
  }
}

function stateOf(role: string, policyArn: string): { id: string; outputs: PropertyMap } {
  const id = `${role}/${policyArn}`;
  return { id, outputs: { id, policyArn, role } };
}

/** A role's name has no slash. */
function partsOf(id: string): { role: string; policyArn: string } {
  const slash = id.indexOf("/");
  return { role: id.slice(0, slash), policyArn: id.slice(slash + 1) };
}
