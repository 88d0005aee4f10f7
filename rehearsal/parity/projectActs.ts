import type { Config } from "./scenario";

// What the scenarios of this project's own stack are made of.

export const preview = { operation: "preview" } as const;
export const up = { operation: "up" } as const;
export const refresh = { operation: "refresh" } as const;
export const previewDestroy = { operation: "previewDestroy" } as const;
export const destroy = { operation: "destroy" } as const;

export function configure(config: Config): { configure: Config } {
  return { configure: config };
}

/** Keys of the configuration with this project's namespace. */
export function own(keys: Readonly<Record<string, unknown>>): Config {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [`identity-aware-sessions:${key}`, value]));
}

export const region = { "aws:region": "us-east-1" };
export const unprotected = { protect: false };
const assignments = [{ groups: ["Developers"], users: ["carol"], accounts: ["payments-dev", "sandbox"] }];
export const Developer = { description: "Builds and runs workloads", managedPolicies: ["ReadOnlyAccess"], assignments };

/** A stack with one permission set. */
export const small: Config = { ...region, ...own({ permissionSets: { Developer }, safety: unprotected }) };
