import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Connection } from "../aws/connection";
import { type Problem, refusal } from "../problem";
import { problemsOf } from "./problems";
import { settingsSchema } from "./schema";

type OwnSettings = z.output<typeof settingsSchema>["identity-aware-sessions"];

/** One permission set as the stack describes it, with every default filled in. */
export type PermissionSetSettings = Readonly<OwnSettings["permissionSets"][string]>;

/** What a stack wants: its configuration, validated and complete. Nothing else of the program reads configuration. */
export interface Settings extends Readonly<OwnSettings> {
  readonly connection: Connection;
}

const staticCredentials = ["accessKey", "secretKey", "token"];

const staticCredentialsProblem = {
  found: "a static credential",
  allowed: "none: Pulumi would store it in the stack's state in plain text",
  toDo: "remove it (and replace the credential), and use the environment, aws:profile or a role instead",
};

/** The settings of the stack that runs. */
export function loadSettings(): Settings {
  return parseSettings(pulumi.runtime.allConfig());
}

/**
 * @param configuration every key of the stack's configuration (namespace:name), structured values as JSON, as Pulumi has them.
 * @throws RunError with every problem of the configuration.
 */
export function parseSettings(configuration: Readonly<Record<string, string>>): Settings {
  const sections = { aws: {} as Record<string, unknown>, "identity-aware-sessions": {} as Record<string, unknown> };
  const problems: Problem[] = [];
  for (const [path, text] of Object.entries(configuration)) {
    const separator = path.indexOf(":");
    const key = path.slice(separator + 1);
    switch (path.slice(0, separator)) {
      case "aws":
        if (staticCredentials.includes(key)) {
          problems.push({ path, ...staticCredentialsProblem });
        } else {
          sections.aws[key] = text;
        }
        break;
      case "identity-aware-sessions":
        sections["identity-aware-sessions"][key] = parsed(text);
        break;
      case "aws-native": {
        const toDo =
          "remove it: the whole stack follows the aws: section, so that all its parts act as the same account";
        problems.push({ path, found: "a value", allowed: "no keys of aws-native", toDo });
      }
    }
  }
  const result = settingsSchema.safeParse(sections);
  problems.push(...(result.error?.issues ?? []).flatMap((issue) => problemsOf(issue, sections)));
  if (!result.success || problems.length > 0) {
    throw refusal("The stack's configuration cannot be used", problems);
  }
  const { aws, "identity-aware-sessions": own } = result.data;
  return { ...own, connection: { region: aws.region, ...(aws.profile !== undefined && { profile: aws.profile }) } };
}

/** All keys of the project are structured, so a text that is not JSON is a mistake which the schema names. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
