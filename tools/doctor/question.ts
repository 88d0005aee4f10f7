import { STSClient } from "@aws-sdk/client-sts";
import type { Question } from "../../components/doctor/context";
import type { CommandLine } from "./commandLine";
import { stackQuestion } from "./stackQuestion";

/**
 * What the doctor is to ask: what the stack says, unless the command line says otherwise.
 *
 * @throws Error when nothing says in which Region
 */
export async function question(directory: string, asked: CommandLine): Promise<Question> {
  const stack = asked.stack === undefined ? undefined : stackQuestion(directory, asked.stack);
  const profile = asked.profile ?? stack?.connection.profile;
  const region = asked.region ?? stack?.connection.region ?? (await regionOfEnvironment(profile));
  const externalId = process.env["EXTERNAL_ID"];
  const assumeRole =
    asked.roleArn === undefined
      ? stack?.connection.assumeRole
      : { roleArn: asked.roleArn, ...(externalId !== undefined && { externalId }) };
  return {
    connection: {
      region,
      ...(profile !== undefined && { profile }),
      ...(assumeRole !== undefined && { assumeRole }),
    },
    instanceArn: asked.instance ?? stack?.instanceArn,
    enabler: stack?.enabler,
    endpoints: stack?.endpoints ?? [],
  };
}

/** AWS_REGION, or what the profile has, as every client of the SDK reads it. */
async function regionOfEnvironment(profile: string | undefined): Promise<string> {
  try {
    return await new STSClient(profile === undefined ? {} : { profile }).config.region();
  } catch {
    throw new Error("There is no Region to ask in: say --region or --stack, or set AWS_REGION.");
  }
}
