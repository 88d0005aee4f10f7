import type { Principal } from "./reportSchema";

const shown = 5;

/** Who is granted sts:SetContext and who is kept from it, in one sentence: counts, and the first names of each. */
export function principalsText(principals: readonly Principal[]): string {
  const sentences = [
    about(principals, "granted", "", whereAssigned),
    about(
      principals,
      "granted in some accounts",
      " in some accounts only",
      (each) => `${whereAssigned(each)}${by(each)}`,
    ),
    about(principals, "denied", "", by),
    about(principals, "limited", "", (each) => by(each) || because(each.reasons)),
    about(principals, "not known", "", (each) => because([...each.notRead, ...each.reasons])),
  ].filter((sentence) => sentence !== undefined);
  const others = principals.filter(({ setContext }) => setContext === "not granted").length;
  return [...sentences, ...(others > 0 ? [`not granted to ${counted(others, principals)}`] : [])].join("; ");
}

const verbs: Readonly<Partial<Record<Principal["setContext"], string>>> = {
  granted: "granted to",
  "granted in some accounts": "granted to",
  denied: "denied to",
  limited: "kept from",
  "not known": "not known of",
};

function about(
  principals: readonly Principal[],
  state: Principal["setContext"],
  addition: string,
  more: (principal: Principal) => string,
): string | undefined {
  const those = principals.filter(({ setContext }) => setContext === state);
  if (those.length === 0) {
    return undefined;
  }
  const names = those.slice(0, shown).map((each) => `${labelled(each)}${more(each)}`);
  const rest = those.length > shown ? ` and ${those.length - shown} more` : "";
  return `${verbs[state] ?? state} ${counted(those.length, those)}${addition}: ${names.join(", ")}${rest}`;
}

function counted(count: number, those: readonly Principal[]): string {
  const isSets = those.every(({ kind }) => kind === "permission set");
  return `${count} ${isSets ? "permission set" : "IAM principal"}${count === 1 ? "" : "s"}`;
}

function labelled({ kind, name }: Principal): string {
  return kind === "permission set" ? name : `${kind} ${name}`;
}

function whereAssigned({ kind, accounts }: Principal): string {
  if (kind !== "permission set") {
    return "";
  }
  switch (accounts) {
    case undefined:
      return " (nobody knows where it is assigned)";
    case 0:
      return " (assigned nowhere)";
    default:
      return ` (assigned in ${accounts} account${accounts === 1 ? "" : "s"})`;
  }
}

function by({ by: statements }: Principal): string {
  return statements.length === 0 ? "" : ` (by ${statements.join(", ")})`;
}

function because(reasons: readonly string[]): string {
  return reasons.length === 0 ? "" : ` (${reasons.join("; ")})`;
}
