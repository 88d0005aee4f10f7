import type { dynamic } from "@pulumi/pulumi";

/** What the stack's configuration says against accidents, as far as providers look at it. */
export interface Safety {
  /** Whether what the stack sets on the instance is protected from deletion. */
  readonly protect: boolean;
  /** More removals of assignments than these at once are to be confirmed. */
  readonly maxRemovals: number;
  /** "removals" and "ownAccess" concern assignments, "additionalRegions" the instance. */
  readonly confirm: readonly string[];
  /** Hosts that AWS's calls may be sent to, beside AWS's own and this machine. */
  readonly endpoints: readonly string[];
}

/** From `identity-aware-sessions:safety`, which the program has validated. */
export function safetyFrom(config: dynamic.Config): Safety {
  const {
    protect = true,
    maxRemovals = 20,
    confirm = [],
    endpoints = [],
  } = JSON.parse(config.get("identity-aware-sessions:safety") ?? "{}") as Partial<Safety>;
  return { protect, maxRemovals, confirm, endpoints };
}
