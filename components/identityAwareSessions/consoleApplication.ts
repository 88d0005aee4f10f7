import { DeleteApplicationCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { clientConfiguration, type Connection } from "../aws/connection";
import { type Patience, waitFor } from "../aws/waitFor";
import { isAlreadyThere, switchError } from "./switchErrors";
import { SignInClient } from "./signInClient";
import { isUndocumented, undocumented } from "./undocumented";

/** The patterns of the API reference, for every partition it knows. */
const instancePattern = /^arn:(aws|aws-us-gov|aws-cn|aws-iso|aws-iso-b):sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/;
const applicationPattern =
  /^arn:(aws|aws-us-gov|aws-cn|aws-iso|aws-iso-b):sso::[0-9]{12}:application\/(sso)?ins-[a-zA-Z0-9-.]{16}\/apl-[a-zA-Z0-9]{16}$/;

/** How long a denial may pass by itself, in milliseconds: what a stack has just granted, IAM knows everywhere after some seconds. */
const denialPasses = 15_000;

/** What `enable` did. */
export interface Enabled {
  readonly applicationArn: string;
  /** True when the application was there already, or somebody else made it at the same moment. */
  readonly adopted: boolean;
  /** False when List did not show the new application in the time given. */
  readonly listed: boolean;
}

/**
 * The IAM Identity Center application that represents the AWS Management Console. Identity-aware sessions are Enabled for
 * an instance exactly while List returns the application's ARN; there is one an instance at most.
 */
export class ConsoleApplication {
  private readonly connection: Connection;
  private readonly patience: Patience;
  private readonly signIn: SignInClient;

  constructor(connection: Connection, patience: Patience) {
    this.connection = connection;
    this.patience = patience;
    this.signIn = new SignInClient(connection);
  }

  /** @returns the application's ARN, or undefined while the sessions are off. */
  async find(instanceArn: string): Promise<string | undefined> {
    if (!instancePattern.test(instanceArn)) {
      throw new Error(
        `"${instanceArn}" is not the ARN of an instance of IAM Identity Center that can have identity-aware sessions ` +
          "(partitions aws, aws-us-gov, aws-cn, aws-iso and aws-iso-b; for example arn:aws:sso:::instance/ssoins-1234567890abcdef).",
      );
    }
    const seen: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      if (seen.includes(nextToken)) {
        throw undocumented("a nextToken that it has given before", "another one for each page");
      }
      seen.push(nextToken);
      const page = await this.signIn
        .listTrustedIdentityPropagationApplicationsForConsole({
          identityCenterInstanceArn: instanceArn,
          maxResults: 1,
          ...(nextToken !== undefined && { nextToken }),
        })
        .catch((error: unknown) => {
          throw isUndocumented(error) ? error : switchError("List", instanceArn, error);
        });
      // Left out by a server that writes no empty lists, as protocol awsJson1_0 lets it.
      const arns: unknown = page.applicationArns ?? [];
      if (!Array.isArray(arns) || arns.length > 1) {
        throw undocumented(JSON.stringify(arns), "a list of one application at most");
      }
      const [arn] = arns as unknown[];
      if (arn !== undefined) {
        return validated(arn, instanceArn);
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return undefined;
  }

  /** Switches the sessions on, unless they are on, and waits until List shows it. */
  async enable(instanceArn: string): Promise<Enabled> {
    const existing = await this.find(instanceArn);
    if (existing !== undefined) {
      return { applicationArn: existing, adopted: true, listed: true };
    }
    const created = await this.create(instanceArn);
    const listed = await waitFor(() => this.find(instanceArn), this.patience).catch((error: unknown) => {
      // The application exists, whatever keeps List from showing it: it must not be forgotten.
      if (created === undefined) {
        throw error;
      }
      return undefined;
    });
    const applicationArn = listed ?? created;
    if (applicationArn === undefined) {
      throw new Error(
        `AWS says that identity-aware sessions of ${instanceArn} are on already, but did not list the application within ` +
          `${this.patience.atMost / 1000} seconds. Run the update again; it adopts the application once AWS lists it.`,
      );
    }
    return { applicationArn, adopted: applicationArn !== created, listed: listed !== undefined };
  }

  /** Deletes the application; one that is gone already is no error. */
  async delete(instanceArn: string): Promise<void> {
    const applicationArn = await this.find(instanceArn);
    if (applicationArn === undefined) {
      return;
    }
    try {
      const ssoAdmin = new SSOAdminClient(clientConfiguration(this.connection));
      await ssoAdmin.send(new DeleteApplicationCommand({ ApplicationArn: applicationArn }));
    } catch (error) {
      if ((error as Error).name !== "ResourceNotFoundException") {
        throw switchError("Delete", instanceArn, error, applicationArn);
      }
    }
  }

  /** @returns the new application's ARN, or undefined when somebody else was faster. */
  private async create(instanceArn: string): Promise<string | undefined> {
    let denial: unknown;
    let applicationArn: string | undefined;
    const ask = async () => {
      const input = { identityCenterInstanceArn: instanceArn };
      return this.signIn.createTrustedIdentityPropagationApplicationForConsole(input).catch((error: unknown) => {
        if ((error as Error).name !== "AccessDeniedException") {
          throw error;
        }
        denial = error;
        return undefined;
      });
    };
    const atMost = Math.min(this.patience.atMost, denialPasses);
    try {
      const created = await waitFor(ask, { ...this.patience, atMost });
      if (created === undefined) {
        throw denial;
      }
      applicationArn = created.applicationArn;
    } catch (error) {
      if (isAlreadyThere(error)) {
        return undefined;
      }
      throw isUndocumented(error) ? error : switchError("Create", instanceArn, error);
    }
    return validated(applicationArn, instanceArn);
  }
}

function validated(applicationArn: unknown, instanceArn: string): string {
  if (
    typeof applicationArn === "string" &&
    applicationPattern.test(applicationArn) &&
    partitionAndInstance(applicationArn) === partitionAndInstance(instanceArn)
  ) {
    return applicationArn;
  }
  throw undocumented(JSON.stringify(applicationArn ?? ""), `the ARN of an application of ${instanceArn}`);
}

/** Of arn:aws:sso:::instance/ssoins-1234567890abcdef and of the ARNs of its applications: aws ssoins-1234567890abcdef. */
function partitionAndInstance(arn: string): string {
  return `${arn.split(":")[1] ?? ""} ${arn.split("/")[1] ?? ""}`;
}
