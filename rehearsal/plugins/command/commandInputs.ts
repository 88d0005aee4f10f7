import { z } from "zod";
import { containsUnknown, mapValues, type PropertyMap, withoutSecrets } from "../propertyValues";
import type { CheckFailure } from "../providerPlugin";

const unsupported = z.never({
  error: "is not supported by the stand-in for the command plugin: it captures stdout and stderr only",
});

/** The inputs of command:local:Command. */
const CommandInputs = z.strictObject({
  create: z.string().optional(),
  update: z.string().optional(),
  delete: z.string().optional(),
  triggers: z.array(z.unknown()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  dir: z.string().optional(),
  stdin: z.string().optional(),
  interpreter: z.array(z.string()).optional(),
  logging: z.enum(["stdout", "stderr", "stdoutAndStderr", "none"]).optional(),
  addPreviousOutputInEnv: z.boolean().optional(),
  assetPaths: unsupported.optional(),
  archivePaths: unsupported.optional(),
});
export type CommandInputs = z.infer<typeof CommandInputs>;

const CommandState = z.object({ ...CommandInputs.shape, stdout: z.string(), stderr: z.string() });
export type CommandState = z.infer<typeof CommandState>;

/** What is wrong with a command's inputs; of those not known yet, nothing. */
export function validate(inputs: PropertyMap): CheckFailure[] {
  const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !containsUnknown(value)));
  const result = CommandInputs.safeParse(mapValues(known, withoutSecrets));
  return (result.error?.issues ?? []).flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ property: key, reason: `unknown property ${key}` }))
      : [{ property: issue.path.join("."), reason: issue.message }],
  );
}

export function toInputs(inputs: PropertyMap): CommandInputs {
  return CommandInputs.parse(withoutSecrets(inputs));
}

export function toState(state: PropertyMap): CommandState {
  return CommandState.parse(withoutSecrets(state));
}
