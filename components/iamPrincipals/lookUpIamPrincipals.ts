import type { Connection } from "../aws/connection";
import { IamReader } from "../aws/iam";
import { lookUp } from "../aws/lookUp";
import { nearest } from "../../policy-pack/nearest";
import { type Problem, refuseAny } from "../problem";
import type { Settings } from "../settings/settings";

type Kind = "role" | "user" | "group";

const kinds = [
  { kind: "role", key: "roles", get: "iam:GetRole", list: "iam:ListRoles" },
  { kind: "user", key: "users", get: "iam:GetUser", list: "iam:ListUsers" },
  { kind: "group", key: "groups", get: "iam:GetGroup", list: "iam:ListGroups" },
] as const;

/**
 * Looks up the IAM principals whose sessions are to become identity-aware; only reads.
 *
 * @throws RunError with every name that is unknown in the stack's account, or of a role that only AWS can change.
 */
export async function lookUpIamPrincipals(
  connection: Connection,
  principals: Pick<Settings["iamPrincipals"], "roles" | "users" | "groups">,
): Promise<void> {
  const iam = new IamReader(connection);
  const problems: Problem[] = [];
  for (const { kind, key, get, list } of kinds) {
    for (const [index, name] of principals[key].entries()) {
      const path = `identity-aware-sessions:iamPrincipals.${key}[${index}]`;
      const principal = await lookUp(get, () => iam.principal(kind, name));
      if (principal === undefined) {
        const near = nearest(name, await lookUp(list, () => iam.names(kind)));
        problems.push(unknown(path, kind, name, near));
      } else if (kind === "role" && isOfAws(principal)) {
        problems.push(ofAws(path, name, principal.path));
      }
    }
  }
  refuseAny("The stack names IAM principals that it cannot give sts:SetContext to", problems);
}

/** Whether a role is one that only AWS can change: of a permission set, or linked to a service. */
export function isOfAws({ path }: { readonly path: string }): boolean {
  return /^\/aws-(reserved|service-role)\//.test(path);
}

function unknown(path: string, kind: Kind, name: string, near: readonly string[]): Problem {
  return {
    path,
    found: `${name}, which is no ${kind} of this account`,
    allowed: `the name of an IAM ${kind} of the account that the stack runs in, without its path`,
    toDo: near.length > 0 ? `write ${near.join(" or ")}` : `create the ${kind}, or remove the name`,
  };
}

function ofAws(path: string, name: string, rolePath: string): Problem {
  return {
    path,
    found: `${name}, a role that only AWS can change`,
    allowed: "a role of your own",
    toDo: rolePath.startsWith("/aws-reserved/")
      ? "remove it: who has it through a permission set is granted sts:SetContext by identity-aware-sessions:permissionSets"
      : "remove it: people do not sign in as it",
  };
}
