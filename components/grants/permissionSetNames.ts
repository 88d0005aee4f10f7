import { permissionSetPath } from "../configPath";
import { nearest } from "../../policy-pack/nearest";
import type { Problem } from "../problem";

/** Of a permission set's ARN, arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-..., the ARN of its instance. */
export function instanceArnOf(permissionSetArn: string): string {
  return permissionSetArn.replace(":permissionSet/", ":instance/").replace(/\/ps-[^/]*$/, "");
}

/** The id that Pulumi imports a permission set under: Cloud Control's, INSTANCE_ARN|PERMISSION_SET_ARN. */
export function importId(permissionSetArn: string): string {
  return `${instanceArnOf(permissionSetArn)}|${permissionSetArn}`;
}

/** A permission set that is to be there already, and is not. */
export function missingProblem(name: string, known: readonly string[]): Problem {
  const near = nearest(name, known);
  return {
    path: permissionSetPath(name),
    found: `"${name}", which the instance does not have`,
    allowed: "with existing: true, the name of a permission set of the instance",
    toDo:
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : "correct the name, or remove existing, so that the stack makes the permission set",
  };
}

/** Why a permission set cannot be imported under the name it has in the configuration; undefined when it can. */
export function importProblem(
  name: string,
  permissionSetArn: string,
  instanceArn: string,
  nameInAws: string | undefined,
): Problem | undefined {
  if (nameInAws === name) {
    return undefined;
  }
  const path = `${permissionSetPath(name)}.import`;
  const allowed = `the ARN of the permission set ${name} of ${instanceArn}`;
  return nameInAws === undefined
    ? {
        path,
        found: `${permissionSetArn}, which the instance does not have`,
        allowed,
        toDo: "correct it, or remove it, so that the stack makes the permission set",
      }
    : {
        path,
        found: `${permissionSetArn}, whose name is ${nameInAws}; Pulumi would delete it and make another`,
        allowed,
        toDo: `call the permission set ${nameInAws} in the configuration, or import another`,
      };
}

/** A permission set that the stack would make, whose name is somebody else's. */
export function takenProblem(name: string, permissionSetArn: string): Problem {
  return {
    path: permissionSetPath(name),
    found: `a permission set of this name, which this stack does not have: ${permissionSetArn}`,
    allowed: "a name that is free, import to take the permission set over, or existing: true to only assign it",
    toDo: `run \`pulumi config set --path '${permissionSetPath(name)}.import' ${permissionSetArn}\``,
  };
}
