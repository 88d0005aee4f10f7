import { type Decision, evaluate } from "../../../policy-pack/iam/evaluate";
import { serviceControlPoliciesOf } from "../authorization/serviceControlPolicies";
import type { Contents } from "../contents";
import type { Link, MissingLink, SignIn } from "./session";
import type { SessionPolicies } from "./sessionPolicies";

/**
 * What of its policies keeps a session from setting its own context: from being allowed sts:SetContext on itself. Each kind of policy is
 * asked by itself, so that all that is missing is told at once.
 *
 * @param values what the session has from its sign-in on, by condition key
 *
 * Source: IAM User Guide, "Granting permissions to use identity-enhanced console sessions".
 */
export function missingGrants(
  { account, path }: SignIn,
  { principalArn, identityPolicies, permissionsBoundary, unread }: SessionPolicies,
  values: Readonly<Record<string, string>>,
  contents: Contents,
): MissingLink[] {
  const request = {
    action: "sts:SetContext",
    resource: `arn:${contents.partition}:sts::${account}:self`,
    // Of what else the request says AWS documents nothing: what depends on that is not decided.
    context: {
      "aws:PrincipalArn": principalArn,
      "aws:PrincipalAccount": account,
      "aws:PrincipalOrgID": contents.organizationId,
      "aws:PrincipalType": path === "iamUser" ? "User" : "AssumedRole",
      "aws:PrincipalIsAWSService": "false",
      "aws:SecureTransport": "true",
      ...values,
    },
  };
  const ofIdentity = evaluate({ request, identityPolicies });
  const ofBoundary = permissionsBoundary && evaluate({ request, identityPolicies: [permissionsBoundary] });
  const levels = serviceControlPoliciesOf(account, contents) ?? [];
  return [
    ...links(ofIdentity, "explicit Deny", "grant", "no policy of theirs allows it"),
    ...(ofBoundary === undefined
      ? []
      : links(
          ofBoundary,
          "explicit Deny",
          "permissions boundary",
          `${permissionsBoundary?.name ?? ""} does not allow it`,
        )),
    ...levels.flatMap((identityPolicies) =>
      links(
        evaluate({ request, identityPolicies }),
        "service control policy",
        "service control policy",
        "none allows it",
      ),
    ),
    ...(unread.length === 0
      ? []
      : [{ link: "not decided" as const, reason: `local AWS does not have ${unread.join(", ")}` }]),
  ];
}

function links({ decision, reasons }: Decision, denied: Link, implicit: Link, why: string): MissingLink[] {
  switch (decision) {
    case "allowed":
      return [];
    case "explicitlyDenied":
      return reasons.map((reason) => ({ link: denied, reason }));
    case "implicitlyDenied":
      return [{ link: implicit, reason: why }];
    case "undecided":
      return reasons.map((reason) => ({ link: "not decided", reason }));
  }
}
