import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowProblems } from "./workflowProblems";

const folder = join(".github", "workflows");

/** Prints what is wrong with the project's workflows, and fails if anything is. */
async function main(): Promise<void> {
  const paths = readdirSync(folder).map((file) => join(folder, file));
  const problems = await workflowProblems(Object.fromEntries(paths.map((path) => [path, readFileSync(path, "utf8")])));
  problems.forEach((problem) => {
    console.error(problem);
  });
  process.exitCode = problems.length > 0 ? 1 : 0;
}

void main();
