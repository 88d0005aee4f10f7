import type { Contents, RoleSession } from "./contents";
import { sessionOf, temporaryCredentials, type TemporaryCredentials } from "./temporaryCredentials";

/** For how long local AWS tells credentials that ended from those that never were, in milliseconds: its own choice. */
const remembered = 24 * 3_600_000;

/**
 * Gives a role's session credentials, other ones than an earlier session of its name has. For STS, and for a test that plays
 * somebody who has such credentials already.
 *
 * @param sessionArn of the assumed role's session
 * @param expiration in milliseconds since 1970
 */
export function startSession(
  contents: Pick<Contents, "sessions">,
  sessionArn: string,
  expiration: number,
  now: number,
): TemporaryCredentials {
  const last = contents.sessions.findLast(({ arn }) => arn === sessionArn);
  const number = (last?.number ?? 0) + 1;
  contents.sessions = [
    ...contents.sessions.filter((each) => each.arn !== sessionArn || each.expiration > now - remembered),
    { arn: sessionArn, number, expiration },
  ];
  return temporaryCredentials(sessionArn, number);
}

/** The session that was given this key with this token, if any was. */
export function startedSession(
  accessKeyId: string,
  sessionToken: string,
  { sessions }: Pick<Contents, "sessions">,
): (RoleSession & TemporaryCredentials) | undefined {
  const said = sessionOf(sessionToken);
  const session = sessions.find(({ arn, number }) => arn === said?.arn && number === said.number);
  if (session === undefined) return undefined;
  const credentials = temporaryCredentials(session.arn, session.number);
  return credentials.accessKeyId === accessKeyId && credentials.sessionToken === sessionToken
    ? { ...session, ...credentials }
    : undefined;
}
