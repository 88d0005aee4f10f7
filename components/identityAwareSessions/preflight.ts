import { RunError } from "@pulumi/pulumi";
import type { Connection } from "../aws/connection";
import { ConsoleApplication } from "./consoleApplication";

/** What is known of the switch before anything is changed. */
export interface Preflight {
  /** The application that has the sessions on already; undefined while they are off. */
  readonly applicationArn: string | undefined;
}

/** Reads the switch of an instance. */
export async function preflight(connection: Connection, instanceArn: string): Promise<Preflight> {
  try {
    const application = new ConsoleApplication(connection, { firstPause: 0, longestPause: 0, atMost: 0 });
    return { applicationArn: await application.find(instanceArn) };
  } catch (error) {
    throw new RunError(`${(error as Error).message} Nothing was changed.`);
  }
}
