import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
} from "@aws-sdk/client-iam";
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

/** What a policy is attached to: the name of the resource's property, too. */
export type Holder = "role" | "user" | "group";

interface Calls {
  attach(iam: IAMClient, name: string, policyArn: string): Promise<unknown>;
  detach(iam: IAMClient, name: string, policyArn: string): Promise<unknown>;
  list(iam: IAMClient, name: string): AsyncIterable<{ AttachedPolicies?: { PolicyArn?: string }[] }>;
}

const calls: Readonly<Record<Holder, Calls>> = {
  role: {
    attach: (iam, RoleName, PolicyArn) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
    detach: (iam, RoleName, PolicyArn) => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
    list: (client, RoleName) => paginateListAttachedRolePolicies({ client }, { RoleName }),
  },
  user: {
    attach: (iam, UserName, PolicyArn) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
    detach: (iam, UserName, PolicyArn) => iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
    list: (client, UserName) => paginateListAttachedUserPolicies({ client }, { UserName }),
  },
  group: {
    attach: (iam, GroupName, PolicyArn) => iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
    detach: (iam, GroupName, PolicyArn) => iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
    list: (client, GroupName) => paginateListAttachedGroupPolicies({ client }, { GroupName }),
  },
};

/**
 * aws:iam/rolePolicyAttachment:RolePolicyAttachment, and those of users and groups. Its id is NAME/POLICY-ARN, and any change
 * replaces it. Source of ids and words: hashicorp/terraform-provider-aws, internal/service/iam, of 2026.
 */
export class PolicyAttachment implements ResourceType {
  private readonly properties: readonly string[];
  /** As the operations and errors of IAM have it: Role. */
  private readonly kind: string;

  constructor(
    private readonly holder: Holder,
    private readonly iam: () => IAMClient,
  ) {
    this.properties = ["policyArn", holder];
    this.kind = `${holder.charAt(0).toUpperCase()}${holder.slice(1)}`;
  }

  check({ news }: CheckRequest): CheckResult {
    const inputs = withoutNulls(news);
    const missing = this.properties.filter((property) => inputs[property] === undefined);
    return missing.length > 0
      ? { failures: missing.map((property) => ({ property, reason: "Missing required argument" })) }
      : { inputs: withDefaults(inputs, {}) };
  }

  diff({ oldOutputs, news }: DiffRequest): DiffResult {
    const before = Object.fromEntries(this.properties.map((key) => [key, oldOutputs[key] ?? null]));
    const changed = changedProperties(before, withoutDefaultsNote(news));
    const detailedDiff = new Map([...changed].map(([key, kind]) => [key, `${kind}-replace` as const]));
    const diffs = [...detailedDiff.keys()];
    return { changes: diffs.length > 0 ? "some" : "none", diffs, replaces: diffs, detailedDiff };
  }

  async create({ inputs, preview }: CreateRequest): Promise<{ id: string; outputs: PropertyMap }> {
    if (preview) {
      return { id: "", outputs: { ...withoutDefaultsNote(inputs), id: unknownValue } };
    }
    const [name, policyArn] = [inputs[this.holder] as string, inputs["policyArn"] as string];
    const attached = calls[this.holder].attach(this.iam(), name, policyArn);
    await iamCall(
      `attaching IAM Policy (${policyArn}) to IAM ${this.kind} (${name})`,
      `Attach${this.kind}Policy`,
      attached,
    );
    return this.stateOf(name, policyArn);
  }

  async read({ id }: ReadRequest): Promise<{ inputs: PropertyMap; outputs: PropertyMap } | undefined> {
    const { name, policyArn } = partsOf(id);
    const attached = await ifThere(
      iamCall(
        `reading IAM ${this.kind} Policy Attachment (${id})`,
        `ListAttached${this.kind}Policies`,
        this.attachedTo(name),
      ),
    );
    if (attached?.includes(policyArn) !== true) {
      return undefined;
    }
    const inputs = withDefaults({ policyArn, [this.holder]: name }, {});
    return { inputs, outputs: this.stateOf(name, policyArn).outputs };
  }

  update(): Promise<PropertyMap> {
    return Promise.reject(new Error(`a ${this.holder} policy attachment is replaced, not updated`));
  }

  async delete({ id }: DeleteRequest): Promise<void> {
    const { name, policyArn } = partsOf(id);
    const detached = calls[this.holder].detach(this.iam(), name, policyArn);
    const doing = `detaching IAM Policy (${policyArn}) from IAM ${this.kind} (${name})`;
    await ifThere(iamCall(doing, `Detach${this.kind}Policy`, detached));
  }

  private async attachedTo(name: string): Promise<string[]> {
    const arns: string[] = [];
    for await (const page of calls[this.holder].list(this.iam(), name)) {
      arns.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn));
    }
    return arns;
  }

  private stateOf(name: string, policyArn: string): { id: string; outputs: PropertyMap } {
    const id = `${name}/${policyArn}`;
    return { id, outputs: { id, policyArn, [this.holder]: name } };
  }
}

/** A name has no slash. */
function partsOf(id: string): { name: string; policyArn: string } {
  const slash = id.indexOf("/");
  return { name: id.slice(0, slash), policyArn: id.slice(slash + 1) };
}
