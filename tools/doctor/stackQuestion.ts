import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Question } from "../../components/doctor/context";
import { parseSettings } from "../../components/settings/settings";

const own = "identity-aware-sessions";

/**
 * What the doctor asks about a stack: the connection, the instance, the enabler and the allowed endpoints, as the program's own settings
 * have them. Who gets what is no part of the question, so mistakes there do not stand in the way of it.
 *
 * @throws Error when there is no such stack, or what is needed of it cannot be used
 */
export function stackQuestion(directory: string, stack: string): Question {
  const file = join(directory, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) {
    throw new Error(`There is no stack "${stack}": Pulumi.${stack}.yaml does not exist.`);
  }
  const { config = {} } = (parse(readFileSync(file, "utf8")) ?? {}) as { config?: Record<string, unknown> };
  const needed = Object.entries(config).flatMap(([key, value]): [string, unknown][] => {
    const path = key.includes(":") ? key : `${own}:${key}`;
    return path.startsWith("aws:") || [`${own}:instance`, `${own}:safety`, `${own}:switch`].includes(path)
      ? [[path, path === `${own}:switch` ? enablerOf(value) : value]]
      : [];
  });
  const encrypted = needed.find(([, value]) => isEncrypted(value));
  if (encrypted !== undefined) {
    throw new Error(
      `Pulumi.${stack}.yaml: ${encrypted[0]} is encrypted, and the doctor does not open encrypted configuration. ` +
        "Leave --stack out, and say --region, --profile, --role-arn and --instance instead.",
    );
  }
  const {
    connection,
    instance,
    safety,
    switch: wanted,
  } = parseSettings(
    Object.fromEntries(
      needed.map(([path, value]) => [path, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
  );
  return { connection, instanceArn: instance.arn, enabler: wanted.enabler, endpoints: safety.endpoints };
}

/** Of the switch no more than who turns it on: the rest depends on sections that are not read. */
function enablerOf(value: unknown): unknown {
  const { enabler } = (value ?? {}) as { enabler?: unknown };
  return enabler === undefined ? {} : { enabler };
}

/** As Pulumi writes secrets: { secure: ... }, at any depth. */
function isEncrypted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return "secure" in value || Object.values(value).some(isEncrypted);
}
