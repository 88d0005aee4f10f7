import { devNull } from "node:os";
import type { Connection } from "../../components/aws/connection";
import type { Organization } from "../../rehearsal/aws/organization";
import { type LocalAws, startLocalAws } from "../../rehearsal/aws/server";
import { exampleOrganization } from "../exampleOrganization";

export const connection: Connection = { region: "us-east-1" };
export const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";

/**
 * Gives every test of a suite a local AWS of its own with the example organization, and points the AWS SDK at it by
 * environment, as its first caller.
 *
 * @param change what is different about the organization in this suite.
 * @param statusPolls how many times the status of something asynchronous is asked for until it is done.
 */
export function useLocalAws(
  change: (organization: Organization) => Organization = (same) => same,
  statusPolls = 1,
): () => LocalAws {
  const environment = process.env;
  let aws: LocalAws | undefined;
  beforeEach(async () => {
    const organization = await exampleOrganization();
    aws = await startLocalAws({ organization: change(organization), statusPolls });
    // Nothing of the machine's own AWS configuration takes part.
    process.env = {
      ...environment,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      ...aws.environment,
    };
    delete process.env.AWS_PROFILE;
  });
  afterEach(async () => {
    process.env = environment;
    await aws?.close();
  });
  return () => {
    if (aws === undefined) {
      throw new Error("Local AWS runs within a test only.");
    }
    return aws;
  };
}

/** The operations that were called, in order; of those that write only with `writes`. */
export function operations({ calls }: LocalAws, which: "all" | "writes" = "all"): string[] {
  return calls.filter(({ writes }) => which === "all" || writes).map(({ operation }) => operation);
}
