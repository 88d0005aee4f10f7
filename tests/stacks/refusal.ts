import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { devNull } from "node:os";
import program from "../../index";
import type { Organization } from "../../rehearsal/aws/organization";
import { startLocalAws } from "../../rehearsal/aws/server";
import { exampleOrganization } from "../exampleOrganization";
import { operations } from "../components/localAws";
import { recordResources } from "../components/recordedResources";
import { keysOf, type StackOptions } from "./testStack";

/**
 * What the program refuses a stack with at preview: by the program itself, but in this process, on Pulumi's mocks in place of an engine,
 * and so in a small part of the time of `TestStack.refusal`. That the engine tells such a refusal as it is, and takes nothing
 * from it, other tests of whole stacks see.
 */
export async function refusalOf({ config = {}, organization, environment = {} }: StackOptions): Promise<string> {
  const example = await exampleOrganization();
  const changed: Organization = organization?.(example) ?? example;
  const aws = await startLocalAws({ organization: changed });
  const before = process.env;
  try {
    // Nothing of the machine's own AWS configuration takes part.
    const files = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
    process.env = { ...before, ...files, ...aws.environment, ...environment };
    delete process.env["AWS_PROFILE"];
    const caller = changed.callers.find(({ accessKeyId }) => accessKeyId === process.env["AWS_ACCESS_KEY_ID"]);
    const registered = await recordResources({}, true, undefined, caller?.arn.split(":")[4]);
    const texts = Object.entries(keysOf(config)).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>);
    const error: unknown = await program().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert(pulumi.RunError.isInstance(error), String(error));
    const types = registered.map(({ type }) => type).sort();
    assert.deepEqual(types, ["pulumi:providers:aws", "pulumi:providers:aws-native"]);
    assert.deepEqual(operations(aws, "writes"), []);
    return error.message;
  } finally {
    process.env = before;
    await aws.close();
  }
}
