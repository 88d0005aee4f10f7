import type { Connection } from "../aws/connection";
import type { Assignment } from "./assignmentKeys";
import type { Safety } from "../safety";
import { OwnAccess, type PortalSession } from "./ownAccess";

/**
 * Whether removals are looked at before an update begins or while it is carried out. The same ones come by in both, those of a
 * permission set that goes as a whole under its name first and under its ARN then, so each is added up by itself.
 */
export type Phase = "check" | "change";

/** Assignments of one permission set that are about to go. */
export interface Removal {
  readonly instanceArn: string;
  readonly permissionSetArn: string;
  readonly removed: readonly { readonly key: string; readonly assignment: Assignment }[];
}

/**
 * Keeps people from being locked out by accident: too many removals at once, and the one behind the caller's own session. All
 * permission sets of a stack share one guard, which lives as long as one preview, update or destroy, and adds them up.
 */
export class RemovalGuard {
  readonly safety: Safety;
  private readonly ownAccess: OwnAccess;
  /** By permission set, because each is looked at more than once. */
  private readonly counts: Readonly<Record<Phase, Record<string, number>>> = { check: {}, change: {} };

  constructor(connection: Connection, safety: Safety) {
    this.safety = safety;
    this.ownAccess = new OwnAccess(connection);
  }

  /** @returns why it is refused; nothing when it is not. */
  async objections(phase: Phase, { instanceArn, permissionSetArn, removed }: Removal): Promise<string[]> {
    this.counts[phase][permissionSetArn] = removed.length;
    if (removed.length === 0) {
      return [];
    }
    const objections = this.tooMany(phase, `${removed.length} of them here: ${names(removed)}`);
    if (!this.safety.confirm.includes("ownAccess")) {
      const assignments = removed.map(({ assignment }) => assignment);
      const lost = await this.ownAccess.lostBy(instanceArn, permissionSetArn, assignments);
      if (lost !== undefined) {
        const there = removed.filter(({ assignment }) => assignment.accountId === lost.accountId);
        const whose = lost.untoldWithout === undefined ? "AWS does not tell" : `${lost.untoldWithout} would tell`;
        const what = lost.isUncertain
          ? `may lose its assignment: ${names(there)} (whose it is, ${whose})`
          : `would lose its assignment: ${names(there)}`;
        objections.push(ownAccessLost(lost, what));
      }
    }
    return objections;
  }

  /**
   * @param counts how many assignments the stack has of permission sets that are to go with all of them, by the sets' names.
   * @param deleted names of those among them that are deleted themselves; of the others the stack gives up its assignments only.
   * @param isDestroy whether the stack is destroyed, and not updated.
   * @returns why it is refused; nothing when it is not.
   */
  async objectionsToWholeSets(
    counts: Readonly<Record<string, number>>,
    deleted: readonly string[],
    isDestroy = false,
  ): Promise<string[]> {
    Object.assign(this.counts.check, counts);
    const gone = Object.keys(counts);
    if (gone.length === 0) {
      return [];
    }
    const all = Object.entries(counts).map(([name, count]) => `${count} with the whole of ${name}`);
    const objections = this.tooMany("check", all.join(", "), isDestroy);
    if (!this.safety.confirm.includes("ownAccess")) {
      const session = await this.ownAccess.session();
      if (session !== undefined && gone.includes(session.permissionSet)) {
        const what = deleted.includes(session.permissionSet)
          ? `would lose its permission set ${session.permissionSet}`
          : `may lose its assignment: all that this stack has of ${session.permissionSet} would go, in which accounts is not known yet`;
        objections.push(ownAccessLost(session, what, isDestroy));
      }
    }
    return objections;
  }

  private tooMany(phase: Phase, which: string, isDestroy = false): string[] {
    const { confirm, maxRemovals } = this.safety;
    const total = Object.values(this.counts[phase]).reduce((sum, count) => sum + count, 0);
    return total <= maxRemovals || confirm.includes("removals")
      ? []
      : [
          "identity-aware-sessions:safety.maxRemovals\n" +
            `  found:   ${total} assignments or more would go, ${which}\n` +
            `  allowed: ${maxRemovals} at once, all permission sets of the stack together\n` +
            `  to do:   ${isDestroy ? "" : "bring back what is missing from the configuration, or "}${confirmation("removals", isDestroy)}`,
        ];
  }
}

function ownAccessLost({ accountId, permissionSet, userName }: PortalSession, what: string, isDestroy = false): string {
  return (
    "identity-aware-sessions:safety.confirm\n" +
    `  found:   your own session, ${userName} with ${permissionSet} in ${accountId}, ${what}\n` +
    "  allowed: only what leaves you another assignment of that permission set in that account\n" +
    `  to do:   let somebody else remove it, assign it to you in another way in an update before, or ${confirmation("ownAccess", isDestroy)}`
  );
}

function names(removed: Removal["removed"]): string {
  const shown = removed.slice(0, 5).map(({ key }) => `"${key}"`);
  return shown.join(", ") + (removed.length > shown.length ? ` and ${removed.length - shown.length} more` : "");
}

function confirmation(what: string, isDestroy: boolean): string {
  const confirm = `confirm it: add ${what} to identity-aware-sessions:safety.confirm`;
  return isDestroy
    ? `${confirm} and run \`pulumi up\`, for a destroy knows the configuration of the last one; then destroy again`
    : `${confirm} for this once`;
}
