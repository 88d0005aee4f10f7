import type { Request } from "../service";

/**
 * The condition keys that every request has, of those that AWS documents for all services. Local AWS is called on this machine
 * and without TLS; the context says what it would be in AWS, but for the address.
 *
 * Source: IAM User Guide, "AWS global condition context keys".
 */
export function contextOf({ caller, contents, region, now }: Request): Record<string, string> {
  const { arn, account } = caller;
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  const user = /:user\/(?:.+\/)?([^/]+)$/.exec(arn)?.[1];
  const principalArn =
    role === undefined
      ? arn
      : (contents.iamPrincipals.find((each) => each.kind === "role" && each.account === account && each.name === role)
          ?.arn ?? `arn:${contents.partition}:iam::${account}:role/${role}`);
  return {
    "aws:PrincipalArn": principalArn,
    "aws:PrincipalAccount": account,
    "aws:PrincipalOrgID": contents.organizationId,
    "aws:PrincipalType": role === undefined ? (user === undefined ? "Account" : "User") : "AssumedRole",
    ...(user !== undefined && { "aws:username": user }),
    ...(session !== undefined && { "aws:userid": `AROA:${session}` }),
    "aws:RequestedRegion": region,
    "aws:CurrentTime": new Date(now).toISOString(),
    "aws:EpochTime": String(Math.floor(now / 1000)),
    "aws:SecureTransport": "true",
    "aws:SourceIp": "127.0.0.1",
    "aws:ViaAWSService": "false",
  };
}
