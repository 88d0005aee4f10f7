import { type Policy } from "../../policy-pack/iam/policy";
import { parsePolicy } from "../../policy-pack/iam/parsePolicy";

const everything = { Action: "*", Resource: "*" };

/**
 * The AWS managed policies that decide about sts:SetContext in one sentence that does not change: they allow or deny
 * everything, or everything but three services. What others say can change any day, so they are not judged.
 *
 * Source: AWS Managed Policy Reference Guide; of PowerUserAccess only what concerns other services than those three.
 */
const documents: Readonly<Record<string, object>> = {
  AdministratorAccess: { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...everything }] },
  PowerUserAccess: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" }],
  },
  AWSDenyAll: { Version: "2012-10-17", Statement: [{ Sid: "DenyAll", Effect: "Deny", ...everything }] },
};

/** The policy, as far as it matters here; undefined where it would have to be read first. */
export function knownManagedPolicy(nameOrArn: string): Policy | undefined {
  const name = nameOrArn.replace(/^arn:.*?:policy\//, "");
  const document = Object.hasOwn(documents, name) ? documents[name] : undefined;
  return document === undefined ? undefined : parsePolicy(name, document).policy;
}
