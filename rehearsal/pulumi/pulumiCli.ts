import { execFile } from "node:child_process";
import { accessSync, chmodSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import type { PluginCommand } from "../engine/pluginProcess";

const run = promisify(execFile);

/** Where a program lies on PATH, if it does. */
function onPath(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return folders
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A real Pulumi on this machine. */
export interface PulumiCli {
  /** As `pulumi version` says it, for example v3.270.0. */
  readonly version: string;
  /** The plugins that it finds by itself, by package; version "" for one on PATH, which does not say. */
  readonly plugins: Readonly<Record<string, string>>;
}

/** @throws Error that says how to get one, where there is no `pulumi` on PATH. */
export async function findPulumi(packages: readonly string[]): Promise<PulumiCli> {
  if (onPath("pulumi") === undefined) {
    throw new Error(
      "there is no pulumi on PATH. Install the Pulumi CLI (https://www.pulumi.com/docs/install/), then run this again; without " +
        "--engine pulumi the rehearsal runs on its own engine",
    );
  }
  const { stdout: version } = await run("pulumi", ["version"], { env: quiet });
  const { stdout } = await run("pulumi", ["plugin", "ls", "--json"], { env: quiet });
  const installed = JSON.parse(stdout) as InstalledPlugin[];
  const isOnPath = (file: string) => onPath(file) !== undefined;
  return { version: version.trim(), plugins: pluginsOf(packages, installed, isOnPath) };
}

/** As `pulumi plugin ls --json` lists it. */
interface InstalledPlugin {
  readonly name: string;
  readonly kind: string;
  readonly version?: string;
}

/** Which of the packages have a plugin, installed or on PATH. */
export function pluginsOf(
  packages: readonly string[],
  installed: readonly InstalledPlugin[],
  isOnPath: (file: string) => boolean,
): PulumiCli["plugins"] {
  const plugins: Record<string, string> = {};
  for (const name of packages) {
    const plugin = installed.find((each) => each.kind === "resource" && each.name === name);
    if (plugin !== undefined || isOnPath(`pulumi-resource-${name}`)) {
      plugins[name] = plugin?.version ?? "";
    }
  }
  return plugins;
}

/** Neither updates nor downloads, and no service of Pulumi's. */
export const quiet: NodeJS.ProcessEnv = {
  ...process.env,
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
};

/**
 * Puts stand-ins for plugins into a folder, as Pulumi finds plugins on PATH.
 *
 * @returns PATH with that folder last, and first the Node.js that this runs on.
 */
export function withStandIns(folder: string, plugins: Readonly<Record<string, PluginCommand>>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, { command, args, cwd }] of Object.entries(plugins)) {
    const file = join(folder, `pulumi-resource-${name}`);
    const words = [command, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
    writeFileSync(file, `#!/bin/sh\ncd '${cwd.replaceAll("'", "'\\''")}' && exec ${words} "$@"\n`);
    chmodSync(file, 0o755);
  }
  return [dirname(process.execPath), process.env["PATH"] ?? "", folder].join(delimiter);
}
