/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
  readonly [element: string]: unknown;
}

export interface PolicyStatement {
  readonly Sid?: string | undefined;
  readonly [element: string]: unknown;
}

/**
 * A policy with everything the given one says and, as its last statement, the permission that makes a console session
 * identity-aware: sts:SetContext on the session itself, in whatever account it is (IAM User Guide, "Permissions for
 * identity-aware sessions"). Without a given policy it says only that.
 *
 * @param partition of the instance: aws, aws-us-gov, aws-cn, ...
 */
export function withSetContext(policy: PolicyDocument | undefined, partition: string): PolicyDocument {
  const setContext = {
    Sid: "IdentityAwareSessions",
    Effect: "Allow",
    Action: "sts:SetContext",
    Resource: `arn:${partition}:sts::*:self`,
  };
  return withStatements(policy, [setContext]);
}

/** A policy with some statements after its own; one whose Sid is taken is given another. */
export function withStatements(policy: PolicyDocument | undefined, added: readonly PolicyStatement[]): PolicyDocument {
  const { Statement, ...others } = policy ?? { Version: "2012-10-17", Statement: [] };
  const isList = (value: PolicyDocument["Statement"]): value is readonly PolicyStatement[] => Array.isArray(value);
  const statements = isList(Statement) ? [...Statement] : [Statement];
  for (const { Sid, ...statement } of added) {
    statements.push({ ...(Sid !== undefined && { Sid: freeSid(Sid, statements) }), ...statement });
  }
  return { ...others, Statement: statements };
}

/**
 * A policy as text, with the keys of every object in alphabetical order: Pulumi's CLI sorts the configuration it hands on and
 * other engines need not, and the same policy must not look changed for that.
 */
export function policyText(policy: PolicyDocument): string {
  return sortedJson(policy);
}

/** JSON with the keys of every object in alphabetical order. */
export function sortedJson(value: object): string {
  return JSON.stringify(value, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/**
 * A character of the policy that IAM Identity Center does not take in an inline policy; undefined where there is none.
 *
 * Source: API reference of PutInlinePolicyToPermissionSet, whose pattern is [\u0009\u000A\u000D\u0020-\u00FF]+.
 */
export function otherThanLatin1(policy: object): string | undefined {
  return /[^\t\n\r\u0020-\u00FF]/u.exec(JSON.stringify(policy))?.[0];
}

/** Sids are unique within a policy, and the user's come first. */
function freeSid(wanted: string, statements: readonly PolicyStatement[]): string {
  const taken = statements.map(({ Sid }) => Sid);
  let sid = wanted;
  for (let n = 2; taken.includes(sid); n++) {
    sid = `${wanted}${n}`;
  }
  return sid;
}

/** arn:aws-cn:sso:::instance/ssoins-1234567890abcdef is of partition aws-cn. */
export function partitionOf(arn: string): string {
  return arn.split(":")[1] ?? "aws";
}

/** The ARN of an AWS managed policy, given by name (with its path, if it has one) or by ARN. */
export function managedPolicyArn(nameOrArn: string, partition: string): string {
  return nameOrArn.startsWith("arn:") ? nameOrArn : `arn:${partition}:iam::aws:policy/${nameOrArn}`;
}
