import { permissionSetPath } from "../configPath";
import { handingOver } from "./handingOver";

/** What a stack has, as far as its next update may take it away. */
export interface StackRecordInputs {
  /** By the permission sets' names. */
  readonly permissionSets: Readonly<Record<string, RecordedPermissionSet>>;
  readonly switch: {
    readonly mode: "manage" | "require" | "ignore";
    readonly onDestroy: "keep" | "deleteApplication";
  };
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
 * Why the stack cannot become what is asked for in one update.
 *
 * @param protect what the stack's safety.protect says, by which Pulumi would refuse to let go of the switch.
 */
export function transitionProblems(olds: StackRecordInputs, news: StackRecordInputs, protect = false): string[] {
  const noLongerManaged = Object.entries(news.permissionSets).flatMap(([name, { isManaged }]) =>
    !isManaged && olds.permissionSets[name]?.isManaged === true
      ? `${permissionSetPath(name)}.existing\n` +
        "  found:   true, and a permission set that this stack made or imported, which Pulumi would delete now\n" +
        "  allowed: true for permission sets that the stack does not manage\n" +
        `  to do:   hand it over first: ${handingOver(name)}, and the update takes the assignments over; or remove existing`
      : [],
  );
  return [...noLongerManaged, ...switchProblems(olds.switch, news.switch, protect)];
}

function switchProblems(
  { mode, onDestroy }: StackRecordInputs["switch"],
  news: StackRecordInputs["switch"],
  protect: boolean,
): string[] {
  if (mode !== "manage" || news.mode === "manage" || (onDestroy === "keep" && !protect)) {
    return [];
  }
  const isKept = onDestroy === "keep";
  const found = isKept
    ? "and a switch that Pulumi protects, since identity-aware-sessions:safety.protect is true"
    : "and a stack whose last update said onDestroy: deleteApplication: the sessions would be switched off";
  const once = [...(isKept ? [] : ["onDestroy: keep"]), ...(protect ? ["safety.protect: false"] : [])].join(" and ");
  return [
    "identity-aware-sessions:switch.mode\n" +
      `  found:   ${news.mode}, ${found}\n` +
      `  allowed: another mode once the stack says ${once}\n` +
      `  to do:   write mode: manage and ${once}, run \`pulumi up\`, then change the mode`,
  ];
}
