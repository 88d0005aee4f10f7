import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadOrganization } from "./aws/organization";
import { startLocalAws } from "./aws/server";
import type { SavedState } from "./aws/contents";
import { Display } from "./engine/display";
import { Rehearsal } from "./rehearsal";

const root = join(__dirname, "..");

interface SavedAws {
  organization: string;
  state: SavedState;
}

/**
 * One operation of a stack, as a user of Pulumi runs it; the deployment and what AWS holds lie in `.rehearsal/STACK`
 * until the next one.
 * @param organizationFile is what local AWS starts from; only the first operation of a stack can choose it.
 * @returns whether it succeeded.
 */
export async function rehearseOne(
  command: "preview" | "up" | "refresh" | "destroy",
  stack: string,
  organizationFile: string | undefined,
  print: (line: string) => void,
): Promise<boolean> {
  const folder = join(root, ".rehearsal", stack);
  const saved = savedAws(join(folder, "aws.json"));
  const organization = resolve(organizationFile ?? saved?.organization ?? join(__dirname, "organization.yaml"));
  if (saved !== undefined && saved.organization !== organization) {
    throw new Error(
      `stack ${stack} is under way in ${saved.organization}; remove ${folder} to start from ${organization}`,
    );
  }
  const aws = await startLocalAws({
    organization: await loadOrganization(organization),
    ...(saved !== undefined && { state: saved.state }),
  });
  try {
    const rehearsal = new Rehearsal(aws, { stack, stateFile: join(folder, "deployment.json") }, new Display(print));
    if (command === "up") {
      // As `pulumi up` does: nothing is updated that a preview refuses.
      const { succeeded } = await rehearsal.preview();
      if (!succeeded) {
        return false;
      }
    }
    const { succeeded } = await rehearsal[command]();
    return succeeded;
  } finally {
    mkdirSync(folder, { recursive: true });
    const next: SavedAws = { organization, state: aws.save() };
    writeFileSync(join(folder, "aws.json"), `${JSON.stringify(next, undefined, 2)}\n`);
    await aws.close();
  }
}

function savedAws(path: string): SavedAws | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as SavedAws) : undefined;
}
