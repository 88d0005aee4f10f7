import type { RoleDetail } from "@aws-sdk/client-iam";

/**
 * Whether people may come to a role by themselves. Not to those of permission sets, which are judged as such, nor to those that AWS
 * services keep; nor to those that services alone are trusted to assume, which is what their trust policy says.
 */
export function isForPeople({ Path = "/", AssumeRolePolicyDocument: trust }: RoleDetail): boolean {
  return !/^\/aws-(reserved|service-role)\//.test(Path) && (trust === undefined || !trustsServicesAlone(trust));
}

/** @param trust the trust policy, URL-encoded as IAM has it; one that is not understood counts as trusting others, too. */
function trustsServicesAlone(trust: string): boolean {
  let document: { Statement?: unknown };
  try {
    document = JSON.parse(decodeURIComponent(trust)) as { Statement?: unknown };
  } catch {
    return false;
  }
  const statements = [document.Statement].flat() as { Effect?: unknown; Principal?: unknown }[];
  const trusted = statements.filter((statement) => statement.Effect === "Allow").map(({ Principal }) => Principal);
  return trusted.every(
    (principal) =>
      typeof principal === "object" && principal !== null && Object.keys(principal).every((kind) => kind === "Service"),
  );
}
