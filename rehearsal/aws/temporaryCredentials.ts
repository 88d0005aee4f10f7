import { digitsOf } from "./identifiers";

/** Credentials of a role's session, as STS answers them. */
export interface TemporaryCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Says itself whose session it is, as AWS's tokens do: so no secret needs to be kept. */
  sessionToken: string;
}

const tokenPrefix = "FwoGZXIvYXdzE";

/** The same in every run. They are good for nothing until the session starts: see startSession. @param number of those of this ARN */
export function temporaryCredentials(sessionArn: string, number: number): TemporaryCredentials {
  const session = `${sessionArn} ${number}`;
  return {
    accessKeyId: `ASIA${digitsOf(session, 16).toUpperCase()}`,
    secretAccessKey: digitsOf(`secret of ${session}`, 40),
    sessionToken: tokenPrefix + Buffer.from(session).toString("base64url"),
  };
}

/** Whose session a token says that it is of, if anybody's. */
export function sessionOf(sessionToken: string): { arn: string; number: number } | undefined {
  const text = Buffer.from(sessionToken.slice(tokenPrefix.length), "base64url").toString();
  const [, arn, number] = /^(\S+) (\d+)$/.exec(text) ?? [];
  return arn === undefined ? undefined : { arn, number: Number(number) };
}
