import type { Colors } from "picocolors/types";
import type { Finding } from "../../components/doctor/finding";
import type { Report } from "../../components/doctor/reportSchema";

const indent = " ".repeat(16);

/** The report for people: a block for every finding, then what it all comes to. */
export function text({ findings, status, message }: Report, colors: Colors): string {
  const blocks = findings.map((each) => block(each, colors));
  const open = findings.filter((each) => each.needed && each.state === status).map(({ check }) => check);
  const summary =
    status === "ready"
      ? colors.green("Ready: identity-aware console sessions have everything they need.") + asides(findings)
      : `${colored(status, colors)(status === "not ready" ? "Not ready" : "Could not tell")}: see ${[...new Set(open)].join(", ")}.`;
  const toSend = message === undefined ? [] : ["", colors.bold("Permissions lack. To send:"), "", message.text];
  return `${[...blocks, "", summary, ...toSend].join("\n")}\n`;
}

/** What being ready does not depend on, and does not vouch for. */
function asides(findings: readonly Finding[]): string {
  const open = findings.filter(({ state }) => state === "not ready").map(({ check }) => check);
  return [
    ...(open.length === 0 ? [] : [`\nNot needed for that, and not in order: see ${[...new Set(open)].join(", ")}.`]),
    "\nService control policies were not read: where one denies sts:SetContext, nobody in its accounts gets such a session.",
  ].join("");
}

function block({ check, state, needed, seen, toDo, documentedAt: { title, url } }: Finding, colors: Colors): string {
  // Nobody should look for what such a thing changes about the verdict when it changes nothing.
  const aside = !needed && (state === "could not tell" || state === "not ready") ? " (not needed)" : "";
  return [
    `${colored(state, colors)(state.padEnd(indent.length))}${colors.bold(check)}${aside}: ${seen}`,
    ...(toDo === undefined ? [] : [`${indent}to do: ${toDo}`]),
    colors.dim(`${indent}documented: ${title}, ${url}`),
  ].join("\n");
}

function colored(state: Finding["state"], { green, cyan, red, yellow }: Colors): (text: string) => string {
  switch (state) {
    case "ready":
      return green;
    case "note":
      return cyan;
    case "not ready":
      return red;
    case "could not tell":
      return yellow;
  }
}
