import { isDeepStrictEqual } from "node:util";
import { permissionSetPath } from "../configPath";
import { handingOver } from "./handingOver";

/** What of a stack Pulumi may protect, by its place in the configuration. */
export type Part = "instance" | "instance.accessControlAttributes" | "switch.mode";

/** What a stack has, as far as its next update may take it away. */
export interface StackRecordInputs {
  /** By the permission sets' names. */
  readonly permissionSets: Readonly<Record<string, RecordedPermissionSet>>;
  readonly switch: {
    readonly mode: "manage" | "require" | "ignore";
    readonly onDestroy: "keep" | "deleteApplication";
  };
  /** The organizational units that a StackSet gives a policy to; left out where the stack names none. */
  readonly organizationalUnits?: readonly string[];
  /** What the stack declares of what Pulumi may protect. `check` leaves `protected` of it, which is what the state has. */
  readonly declared?: readonly Part[];
  /** What of it the last update protected. Records of before there was this do without until they change anyway. */
  readonly protected?: readonly Part[];
}

export interface RecordedPermissionSet {
  /** How many assignments of it the stack has. */
  readonly assignments: number;
  /** Whether the stack makes and deletes it; otherwise it assigns it only. */
  readonly isManaged: boolean;
}

/** How many assignments go with each permission set that loses all of them, by its name. */
export function wholeSetsThatGo(olds: StackRecordInputs, news: StackRecordInputs): Readonly<Record<string, number>> {
  const gone = Object.entries(olds.permissionSets).filter(
    ([name, { assignments }]) => assignments > 0 && (news.permissionSets[name]?.assignments ?? 0) === 0,
  );
  return Object.fromEntries(gone.map(([name, { assignments }]) => [name, assignments]));
}

/** How many assignments the stack has of each permission set that Pulumi would delete, by its name. */
export function setsThatAreDeleted(olds: StackRecordInputs, news: StackRecordInputs): Readonly<Record<string, number>> {
  const deleted = Object.entries(olds.permissionSets).filter(
    ([name, { isManaged }]) => isManaged && news.permissionSets[name] === undefined,
  );
  return Object.fromEntries(deleted.map(([name, { assignments }]) => [name, assignments]));
}

/**
 * What is kept of a record.
 *
 * @param olds the record that there is; new code alone changes nothing about it.
 */
export function kept(
  olds: Partial<StackRecordInputs>,
  { permissionSets, switch: ofSwitch, organizationalUnits, declared = [] }: StackRecordInputs,
  protect: boolean,
): StackRecordInputs {
  const record = {
    permissionSets,
    switch: ofSwitch,
    ...(organizationalUnits !== undefined && { organizationalUnits }),
  };
  const isOlder = olds.permissionSets !== undefined && olds.protected === undefined;
  return isOlder && isDeepStrictEqual({ permissionSets: olds.permissionSets, switch: olds.switch }, record)
    ? record
    : { ...record, protected: protect ? declared : [] };
}

/** Why the stack cannot become what is asked for in one update. */
export function transitionProblems(olds: StackRecordInputs, news: StackRecordInputs): string[] {
  const noLongerManaged = Object.entries(news.permissionSets).flatMap(([name, { isManaged }]) =>
    !isManaged && olds.permissionSets[name]?.isManaged === true
      ? `${permissionSetPath(name)}.existing\n` +
        "  found:   true, and a permission set that this stack made or imported, which Pulumi would delete now\n" +
        "  allowed: true for permission sets that the stack does not manage\n" +
        `  to do:   hand it over first: ${handingOver(name)}, and the update takes the assignments over; or remove existing`
      : [],
  );
  const lost = olds.protected?.filter((part) => news.declared?.includes(part) !== true) ?? [];
  return [
    ...noLongerManaged,
    ...(lost.includes("instance")
      ? [settingsLost("instance", "no settings of it")]
      : lost.includes("instance.accessControlAttributes")
        ? [settingsLost("instance.accessControlAttributes", "nothing")]
        : []),
    ...switchProblems(olds.switch, news, lost.includes("switch.mode")),
    ...unitProblems(olds.organizationalUnits ?? [], news.organizationalUnits ?? []),
  ];
}

/**
 * Units that would come and go at once, one in the other: StackSets has one stack an account, whichever unit it came by, and deletes it
 * with the unit that goes, after the one that comes has found it there.
 */
function unitProblems(olds: readonly string[], news: readonly string[]): string[] {
  const within = (unit: string, other: string) => other === "/" || unit.startsWith(`${other}/`);
  const gone = olds.filter((unit) => !news.includes(unit));
  const come = news.filter((unit) => !olds.includes(unit));
  return come.flatMap((unit) => {
    const others = gone.filter((other) => within(unit, other) || within(other, unit));
    return others.length === 0
      ? []
      : [
          "identity-aware-sessions:iamPrincipals.memberAccounts.organizationalUnits\n" +
            `  found:   ${unit} instead of ${others.join(", ")}, of which one lies in the other: StackSets would leave their accounts without the policy\n` +
            "  allowed: one after the other\n" +
            `  to do:   run \`pulumi up\` without both first (without memberAccounts, where no other unit is left), then with ${unit}; in between their accounts are without the policy`,
        ];
  });
}

function settingsLost(part: Part, found: string): string {
  return (
    `identity-aware-sessions:${part}\n` +
    `  found:   ${found}, and Pulumi protects what the stack had: the last update said safety.protect: true\n` +
    "  allowed: to take it out once the stack says safety.protect: false\n" +
    "  to do:   bring it back; or bring it back with safety.protect: false, run `pulumi up`, then take it out"
  );
}

function switchProblems(
  { mode, onDestroy }: StackRecordInputs["switch"],
  news: StackRecordInputs,
  isProtected: boolean,
): string[] {
  if (mode !== "manage" || news.switch.mode === "manage" || (onDestroy === "keep" && !isProtected)) {
    return [];
  }
  const isKept = onDestroy === "keep";
  const found = isKept
    ? "and a switch that Pulumi protects: the last update said safety.protect: true"
    : "and a stack whose last update said onDestroy: deleteApplication: the sessions would be switched off";
  const once = [...(isKept ? [] : ["onDestroy: keep"]), ...(isProtected ? ["safety.protect: false"] : [])].join(
    " and ",
  );
  return [
    "identity-aware-sessions:switch.mode\n" +
      `  found:   ${news.switch.mode}, ${found}\n` +
      `  allowed: another mode once the stack says ${once}\n` +
      `  to do:   write mode: manage and ${once}, run \`pulumi up\`, then change the mode`,
  ];
}
