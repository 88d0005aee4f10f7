import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { devNull } from "node:os";
import program from "../../index";
import type { Call } from "../../rehearsal/aws/dispatch";
import { type LocalAws, startLocalAws } from "../../rehearsal/aws/server";
import { exampleOrganization } from "../exampleOrganization";
import { operations } from "../components/localAws";
import { recordResources, type RecordedResource } from "../components/recordedResources";
import { keysOf, type StackOptions } from "./testStack";

export interface ProgramOptions extends StackOptions {
  /** Whether it is an update. */
  readonly updates?: boolean;
  /** What is different about local AWS once it runs. */
  readonly prepare?: (aws: LocalAws) => void;
}

/** What a program came to. */
export interface Played {
  /** Its outputs, Pulumi's mark of the unknown among them, or what it was refused with. */
  readonly result: Readonly<Record<string, unknown>> | string;
  readonly registered: readonly RecordedResource[];
  readonly infos: readonly string[];
  readonly warnings: readonly string[];
  readonly calls: readonly Call[];
}

/**
 * Runs the program itself, but in this process and on Pulumi's mocks in place of an engine: a preview, in a small part of the time
 * that one of `TestStack` takes. That the engine tells what the program says as it is, and goes on as it should, other tests of
 * whole stacks see.
 */
export async function play({
  config = {},
  organization = (same) => same,
  environment = {},
  updates = false,
  prepare,
}: ProgramOptions): Promise<Played> {
  const changed = organization(await exampleOrganization());
  const aws = await startLocalAws({ organization: changed });
  prepare?.(aws);
  const before = process.env;
  const { info, warn } = pulumi.log;
  const infos: string[] = [];
  const warnings: string[] = [];
  try {
    // Nothing of the machine's own AWS configuration takes part.
    const files = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
    process.env = { ...before, ...files, ...aws.environment, ...environment };
    delete process.env["AWS_PROFILE"];
    Object.assign(pulumi.log, {
      info: (message: string) => infos.push(message),
      warn: (message: string) => warnings.push(message),
    });
    const caller = changed.callers.find(({ accessKeyId }) => accessKeyId === process.env["AWS_ACCESS_KEY_ID"]);
    const registered = await recordResources({}, !updates, undefined, caller?.arn.split(":")[4]);
    const texts = Object.entries(keysOf(config)).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>);
    const result = await program().then(
      async (outputs) => {
        await pulumi.runtime.disconnect(); // once everything is registered
        return (await pulumi.runtime.serializeProperties("outputs", outputs)) as Record<string, unknown>;
      },
      (error: unknown) => {
        assert(pulumi.RunError.isInstance(error), String(error));
        return error.message;
      },
    );
    assert.deepEqual(operations(aws, "writes"), []); // the program itself only reads
    return { result, registered, infos, warnings, calls: aws.calls };
  } finally {
    Object.assign(pulumi.log, { info, warn });
    process.env = before;
    await aws.close();
  }
}

/** What the program refuses a stack with once AWS has been asked, before it declares anything but the providers. */
export async function refusalOf(options: ProgramOptions): Promise<string> {
  const { result, registered } = await play(options);
  assert(typeof result === "string", JSON.stringify(result));
  const types = registered.map(({ type }) => type).sort();
  assert.deepEqual(types, ["pulumi:providers:aws", "pulumi:providers:aws-native"]);
  return result;
}
