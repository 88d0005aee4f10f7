import { devNull } from "node:os";
import { join } from "node:path";
import type { LocalAws } from "./aws/server";
import type { PluginCommand } from "./engine/pluginProcess";

/** The project's folder. */
export const root = join(__dirname, "..");

/** The stand-ins for the plugins that the program needs, by package. */
export const standIns: Readonly<Record<string, PluginCommand>> = {
  aws: standIn("aws"),
  "aws-native": standIn("awsNative"),
  command: standIn("command"),
};

function standIn(file: string): PluginCommand {
  const args = ["--require", join(root, "register-swc.js"), join(root, "rehearsal", "plugins", `${file}.ts`)];
  return { command: process.execPath, args, cwd: root };
}

/** Local AWS and nothing else of AWS: neither this machine's profiles nor another Region or endpoint it may have set. */
export function environment(aws: LocalAws): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name));
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = aws.environment;
  return {
    ...Object.fromEntries(inherited),
    AWS_ENDPOINT_URL,
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
    AWS_CONFIG_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
