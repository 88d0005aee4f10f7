import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Connection } from "../aws/connection";
import { refusal } from "../problem";
import { problemsOf } from "./problems";
import { settingsSchema } from "./schema";
import { sectionsOf } from "./sections";

type Output = z.output<typeof settingsSchema>;
type OwnSettings = Output["identity-aware-sessions"];

/** One permission set as the stack describes it, with every default filled in. */
export type PermissionSetSettings = Readonly<OwnSettings["permissionSets"][string]>;

/** What a stack wants: its configuration, validated and complete. Nothing else of the program reads configuration. */
export interface Settings extends Readonly<OwnSettings> {
  readonly connection: Connection;
}

/** The settings of the stack that runs. */
export function loadSettings(): Settings {
  // How Pulumi tells a program which keys are secret; its SDK has no public function for that.
  const secrets = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as string[];
  return parseSettings(pulumi.runtime.allConfig(), secrets);
}

/**
 * @param configuration every key of the stack's configuration (namespace:name), structured values as JSON, as Pulumi has them.
 * @param secrets those of the keys that Pulumi keeps as secrets, whose values no error tells.
 * @throws RunError with every problem of the configuration.
 */
export function parseSettings(
  configuration: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
): Settings {
  const { values, problems } = sectionsOf(configuration);
  const result = settingsSchema.safeParse(values);
  const all = [...problems, ...(result.error?.issues ?? []).flatMap((issue) => problemsOf(issue, { values, secrets }))];
  if (!result.success || all.length > 0) {
    throw refusal("The stack's configuration cannot be used", all);
  }
  const { aws, "identity-aware-sessions": own } = result.data;
  return { ...own, connection: connectionOf(aws) };
}

function connectionOf({ region, profile, assumeRoles }: Output["aws"]): Connection {
  const [assumeRole] = assumeRoles ?? [];
  return { region, ...(profile !== undefined && { profile }), ...(assumeRole !== undefined && { assumeRole }) };
}
