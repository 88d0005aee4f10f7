import { join } from "node:path";
import type { Call } from "../aws/dispatch";
import { loadOrganization, type Organization } from "../aws/organization";
import type { Latency } from "../aws/latency";
import { type LocalAws, startLocalAws } from "../aws/server";
import { root } from "../environment";
import { projectOn, type StackProgram } from "../stackProgram";
import type { World } from "./scenario";
import { sorted } from "./sorted";

/** Local AWS, on which this project's program is played. */
export class AwsWorld implements World {
  readonly program: StackProgram;
  /** For the ids that local AWS made up, which depend on the order that things happened to be done in. */
  private readonly names = new Map<string, string>();

  private constructor(
    readonly aws: LocalAws,
    private readonly organization: Organization,
  ) {
    this.program = projectOn(aws);
  }

  /**
   * @param changed is what the scenario's organization has otherwise than the example.
   * @param latency is how long things take; no time by default.
   */
  static async start(
    changed: (example: Organization) => Organization = (same) => same,
    latency: Latency = {},
  ): Promise<AwsWorld> {
    const organization = changed(await loadOrganization(join(root, "rehearsal", "organization.yaml")));
    return new AwsWorld(await startLocalAws({ organization, latency }), organization);
  }

  forget(): void {
    this.nameIds();
    this.aws.calls.length = 0;
  }

  seen(): Record<string, string[]> {
    const { calls } = this.aws;
    return {
      "calls that write": calls.filter(({ writes }) => writes).map(callLine),
      "calls that read": [...new Set(calls.filter(isRead).map(({ operation, service }) => `${service} ${operation}`))],
    };
  }

  named(text: string): string {
    this.nameIds();
    return (
      [...this.names]
        .reduce((changed, [id, name]) => changed.replaceAll(id, name), text)
        .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<id>")
        .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b/g, "<time>")
        // What plugins and AWS make up by chance.
        .replace(/\b(sessions-verification)[0-9a-f]{8}\b/g, "$1<random>")
        .replace(/\b((?:enablers|iam-principals)-policy)-[0-9a-f]{7}\b/g, "$1<random>")
        .replace(/\b(member-accounts-stack-set)-[0-9a-f]{7}\b/g, "$1<random>")
        .replace(/\bANPA[0-9A-Z]{17}\b/g, "<policy id>")
    );
  }

  snapshot(): () => Promise<AwsWorld> {
    const { organization } = this;
    const state = this.aws.save();
    return async () => new AwsWorld(await startLocalAws({ organization, state }), organization);
  }

  close(): Promise<void> {
    return this.aws.close();
  }

  /** What is gone keeps its name: the state may still speak of it. */
  private nameIds(): void {
    const { applications, permissionSets } = this.aws.contents;
    for (const { arn, name } of permissionSets) {
      this.names.set(arn.split("/").at(-1) ?? arn, `<permission set ${name}>`);
    }
    for (const { arn } of applications) {
      this.names.set(arn.split("/").at(-1) ?? arn, "<application>");
    }
  }
}

/** Who calls is asked by every plugin in its own time. */
function isRead({ operation, writes }: Call): boolean {
  return !writes && operation !== "GetCallerIdentity";
}

function callLine({ input, operation, service }: Call): string {
  // The client token is made up anew every time.
  return `${service} ${operation} ${sorted({ ...(input as object), ClientToken: undefined })}`;
}
