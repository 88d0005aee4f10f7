import { CreatePolicyCommand, DeletePolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import { createHash, randomBytes } from "node:crypto";
import { type ChangeKind, changedProperties } from "../propertyDiff";
import { containsUnknown, isObject, type PropertyMap, unknownValue, withoutNulls } from "../propertyValues";
import type {
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
import { inputsAfterRead, isDefault, withDefaults, withoutDefaultsNote } from "./defaults";
import { iamCall, ifThere } from "./iamCall";
import { equivalent, isJsonObject } from "./policyDocument";
import { deleteOtherVersions, putDocument, readPolicy } from "./policyRequests";

const supported = ["name", "path", "description", "policy"];
const replacing = ["name", "path", "description"];

/** aws:iam/policy:Policy, a customer managed policy. Its id is its ARN; what it says becomes a new version. */
export class Policy implements ResourceType {
  constructor(private readonly iam: () => IAMClient) {}

  check(request: CheckRequest): CheckResult {
    const { policy, ...others } = withoutNulls(request.news);
    const text = isObject(policy) && !containsUnknown(policy) ? JSON.stringify(policy) : policy;
    const inputs: PropertyMap = { ...others, ...(text !== undefined && { policy: text }) };
    const failures = failuresOf(inputs);
    if (failures.length > 0) {
      return { failures };
    }
    const name = inputs["name"] === undefined ? nameOf(request) : undefined;
    return { inputs: withDefaults(inputs, { path: "/", ...(name !== undefined && { name }) }) };
  }

  diff({ oldInputs, oldOutputs, news, ignoreChanges }: DiffRequest): DiffResult {
    const detailedDiff = new Map<string, ChangeKind | `${ChangeKind}-replace`>();
    const before = Object.fromEntries(supported.map((key) => [key, oldOutputs[key] || (oldInputs[key] ?? null)]));
    for (const [key, kind] of changedProperties(before, withoutDefaultsNote(news))) {
      if (!ignoreChanges.includes(key) && !(key === "policy" && equivalent(before[key], news[key]))) {
        detailedDiff.set(key, replacing.includes(key) ? `${kind}-replace` : kind);
      }
    }
    const diffs = [...detailedDiff.keys()];
    const replaces = diffs.filter((key) => replacing.includes(key));
    return {
      changes: diffs.length > 0 ? "some" : "none",
      diffs,
      replaces,
      detailedDiff,
      // Two policies of one name cannot be there together, unless the plugin chooses the name.
      deleteBeforeReplace: replaces.length > 0 && !isDefault(news, "name") && news["name"] === before["name"],
    };
  }

  async create({ inputs, preview }: CreateRequest): Promise<{ id: string; outputs: PropertyMap }> {
    if (preview) {
      const computed = ["arn", "attachmentCount", "id", "namePrefix", "policyId", "tagsAll"];
      const unknown = Object.fromEntries(computed.map((key) => [key, unknownValue]));
      return { id: "", outputs: { ...withoutDefaultsNote(inputs), ...unknown } };
    }
    const { name, path, description, policy } = textsOf(inputs);
    const input = { PolicyName: name, Path: path, Description: description, PolicyDocument: policy };
    const doing = `creating IAM Policy (${String(name)})`;
    const { Policy: created } = await iamCall(doing, "CreatePolicy", this.iam().send(new CreatePolicyCommand(input)));
    const id = created?.Arn ?? "";
    return { id, outputs: await this.outputs(id, inputs["policy"]) };
  }

  async read({ id, inputs, outputs }: ReadRequest): Promise<{ inputs: PropertyMap; outputs: PropertyMap } | undefined> {
    const state = await readPolicy(this.iam(), id, outputs["policy"]);
    if (state === undefined) {
      return undefined;
    }
    const writable = Object.fromEntries(
      supported.flatMap((key) => (state[key] === "" ? [] : [[key, state[key] ?? null]])),
    );
    return { inputs: inputsAfterRead(inputs, writable), outputs: state };
  }

  async update({ id, oldOutputs, news, preview }: UpdateRequest): Promise<PropertyMap> {
    if (preview) {
      return { ...oldOutputs, ...withoutDefaultsNote(news) };
    }
    await putDocument(this.iam(), id, textsOf(news)["policy"] ?? "");
    return this.outputs(id, news["policy"]);
  }

  async delete({ id }: DeleteRequest): Promise<void> {
    const policy = await readPolicy(this.iam(), id);
    if (policy !== undefined) {
      await deleteOtherVersions(this.iam(), id);
      const deleted = this.iam().send(new DeletePolicyCommand({ PolicyArn: id }));
      await ifThere(iamCall(`deleting IAM Policy (${id})`, "DeletePolicy", deleted));
    }
  }

  private async outputs(id: string, document: PropertyMap[string] | undefined): Promise<PropertyMap> {
    const state = await readPolicy(this.iam(), id, document);
    if (state === undefined) {
      throw new Error(`1 error occurred:\n\t* reading IAM Policy (${id}): couldn't find resource\n\n`);
    }
    return state;
  }
}

function failuresOf(inputs: PropertyMap): CheckFailure[] {
  const { policy } = inputs;
  const unsupported = Object.keys(inputs).filter((key) => !supported.includes(key));
  return [
    ...unsupported.map((key) => ({
      property: key,
      reason: `the stand-in for aws:iam/policy:Policy does not support "${key}"; it supports ${supported.join(", ")}`,
    })),
    ...(policy === undefined ? [{ property: "policy", reason: "Missing required argument" }] : []),
    ...(typeof policy === "string" && !containsUnknown(policy) && !isJsonObject(policy)
      ? [{ property: "policy", reason: '"policy" contains an invalid JSON policy' }]
      : []),
  ];
}

/** The name that it has by default already, else what the engine proposes, else its logical name with a random suffix. */
function nameOf({ urn, olds, randomSeed, autonaming }: CheckRequest): string | undefined {
  const { name } = olds;
  if (isDefault(olds, "name") && typeof name === "string") {
    return name;
  }
  if (autonaming !== undefined) {
    return autonaming.mode === "disable" ? undefined : autonaming.proposedName;
  }
  const seed = randomSeed.length > 0 ? randomSeed : randomBytes(32);
  const suffix = createHash("sha256").update(seed).digest("hex").slice(0, 7);
  return `${urn.slice(urn.lastIndexOf("::") + 2)}-${suffix}`;
}

function textsOf(inputs: PropertyMap): Record<string, string | undefined> {
  const texts = Object.entries(inputs).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}
