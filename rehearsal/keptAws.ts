import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SavedState } from "./aws/contents";
import { loadOrganization, type Organization } from "./aws/organization";

/** What local AWS holds between operations of a stack, and the file it started from. */
export interface SavedAws {
  organization: string;
  state: SavedState;
}

/** Of a stack that is operated on one operation at a time. */
export interface Kept {
  readonly stack: string;
  /** File that local AWS starts from; only the first operation of a stack can choose it. */
  readonly organization: string | undefined;
  /** Folder that keeps the deployment and what AWS holds until the next operation. */
  readonly home: string;
}

/**
 * What local AWS is to start from: the organization's file, and what the operations before have left.
 *
 * @throws Error when another file is asked for than the one that the stack is under way in
 */
export async function keptAws({ home, stack, ...options }: Kept): Promise<{
  described: Organization;
  organization: string;
  saved: SavedAws | undefined;
}> {
  const saved = savedAws(join(home, "aws.json"));
  const organization = resolve(options.organization ?? saved?.organization ?? join(__dirname, "organization.yaml"));
  const described = await loadOrganization(organization);
  if (saved !== undefined && saved.organization !== organization) {
    throw new Error(
      `stack ${stack} is under way in ${saved.organization}; remove ${home} to start from ${organization}`,
    );
  }
  return { described, organization, saved };
}

function savedAws(path: string): SavedAws | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as SavedAws) : undefined;
}
