import { join } from "node:path";
import { loadOrganization, type Organization } from "../rehearsal/aws/organization";

let example: Promise<Organization> | undefined;

/** The organization of the rehearsal, for the caller to change: its file is read once. */
export async function exampleOrganization(): Promise<Organization> {
  example ??= loadOrganization(join(__dirname, "../rehearsal/organization.yaml"));
  return structuredClone(await example);
}
