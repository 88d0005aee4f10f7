import { digitsOf } from "./identifiers";

/** Credentials of a role's session, as STS answers them. */
export interface TemporaryCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Says itself whose session it is, as AWS's tokens do: so nothing needs to be kept. */
  sessionToken: string;
}

const tokenPrefix = "FwoGZXIvYXdzE";

export function temporaryCredentials(sessionArn: string): TemporaryCredentials {
  return {
    accessKeyId: `ASIA${digitsOf(sessionArn, 16).toUpperCase()}`,
    secretAccessKey: digitsOf(`secret of ${sessionArn}`, 40),
    sessionToken: tokenPrefix + Buffer.from(sessionArn).toString("base64url"),
  };
}

/** Whose session it is: the ARN, or undefined when key and token are not of one session. */
export function sessionOf(accessKeyId: string, sessionToken: string): string | undefined {
  const arn = Buffer.from(sessionToken.slice(tokenPrefix.length), "base64url").toString();
  const credentials = temporaryCredentials(arn);
  return credentials.accessKeyId === accessKeyId && credentials.sessionToken === sessionToken ? arn : undefined;
}
