/** A difference between the engines that is known, and stays. */
export interface KnownDifference {
  /** What is compared, for example state. */
  readonly what: string;
  /** The line that only one of them has. */
  readonly line: RegExp;
  readonly reason: string;
}

/** docs/fidelity.md says the same to people. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    what: "warnings",
    line: /^using pulumi-resource-[\w-]+ from \$PATH at /,
    reason: "Pulumi says so of each plugin that it finds on PATH; this engine is told where its plugins are",
  },
  {
    what: "warnings",
    line: /^resource plugin [\w-]+ is expected to have version /,
    reason: "the real plugin at hand is older than the SDK; the stand-ins have the SDK's version",
  },
  {
    what: "errors",
    line: /^(update|preview|destroy) failed$/,
    reason: "Pulumi says once more at the end that it failed",
  },
  {
    what: "state",
    line: /^\S+ (sourcePosition|stackTrace): /,
    reason: "Pulumi notes where in the program a resource comes from, for its own console; nothing is decided by it",
  },
  {
    what: "state",
    line: /^pulumi:providers:\S+ inputs\.__internal: \{\}$/,
    reason: "Pulumi keeps what it knows of a plugin beside a provider's inputs; here that is nothing",
  },
  {
    what: "state",
    line: /^pulumi:providers:command::\S+ (inputs|outputs)\.__pulumi-go-provider-version: /,
    reason: "the real command plugin notes its own framework's version",
  },
];
