import type { Connection } from "../aws/connection";
import { IamReader } from "../aws/iam";
import { lookUp } from "../aws/lookUp";
import { nearest } from "../../policy-pack/nearest";
import { type Problem, refuseAny } from "../problem";

/**
 * Looks up the roles that are to get the permissions of enabling; only reads.
 *
 * @param roles names of roles of the caller's account.
 * @throws RunError with every name that is unknown, or of a role that only AWS can change.
 */
export async function lookUpEnablers(connection: Connection, roles: readonly string[]): Promise<void> {
  const iam = new IamReader(connection);
  const problems: Problem[] = [];
  for (const [index, name] of roles.entries()) {
    const path = `identity-aware-sessions:switch.enablers[${index}]`;
    const role = await lookUp("iam:GetRole", () => iam.role(name));
    if (role === undefined) {
      const near = nearest(name, await lookUp("iam:ListRoles", () => iam.names("role")));
      problems.push({
        path,
        found: `${name}, which is no role of this account`,
        allowed: "the name of an IAM role of the account that the stack runs in, without its path",
        toDo: near.length > 0 ? `write ${near.join(" or ")}` : "create the role, or remove the name",
      });
    } else if (/^\/aws-(reserved|service-role)\//.test(role.Path ?? "")) {
      problems.push({
        path,
        found: `${name}, a role that only AWS can change`,
        allowed: "a role of your own",
        toDo: role.Path?.startsWith("/aws-reserved/")
          ? "remove it, and name its permission set in identity-aware-sessions:switch.enablerPermissionSet"
          : "remove it",
      });
    }
  }
  refuseAny("The stack names roles that cannot become enablers", problems);
}
