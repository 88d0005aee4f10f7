import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The actions in the table below a heading of the README. */
export function readmeTable(heading: string): string[] {
  const text = readFileSync(join(__dirname, "../README.md"), "utf8");
  const section = text.split(/^#{2,3} /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows.flatMap((row) => [...row.matchAll(/`([\w-]+:[A-Z]\w+)`/g)].map(([, action = ""]) => action));
}

/** A policy that allows these actions, on everything, and nothing else. */
export function exactly(actions: readonly string[]): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
}
