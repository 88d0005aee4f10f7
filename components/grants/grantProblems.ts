import { nameOf, type Policy, type Statement, type StatementReference } from "../../policy-pack/iam/policy";
import type { Problem } from "../problem";
import type { PolicyDocument } from "./policyDocument";

export const inlineName = "inlinePolicy";
const boundaryName = "permissionsBoundary";

/**
 * A Deny that would take sts:SetContext away.
 *
 * @param path of the permission set in the configuration
 */
export function denied(path: string, place: Place, partition: string): Problem {
  return {
    path: `${path}.${place.path}`,
    found: `${nameOf(place.reference)}, which denies sts:SetContext`,
    allowed:
      "no Deny of sts:SetContext on the session itself: it would take away what makes a console session identity-aware",
    toDo: adviceOnDeny(place, partition),
  };
}

/** Where a statement comes from. */
export interface Place {
  readonly reference: StatementReference;
  /** From the permission set on: inlinePolicy.Statement[0] */
  readonly path: string;
  /** Where the user has written it. */
  readonly statement?: Statement | undefined;
}

/** The place of a statement in the inline policy `own`, whose document is `users`, in the boundary or in a managed policy. */
export function placeOf(
  reference: StatementReference,
  own: Policy | undefined,
  users: PolicyDocument | undefined,
  boundary: Policy | undefined,
): Place {
  switch (reference.policy) {
    case inlineName: {
      const inList = Array.isArray(users?.Statement);
      const path = `${inlineName}.Statement${inList ? `[${reference.index}]` : ""}`;
      return { reference, path, statement: own?.statements[reference.index] };
    }
    case boundary?.name:
      return { reference, path: boundaryName };
    default:
      return { reference, path: reference.policy };
  }
}

function adviceOnDeny({ statement }: Place, partition: string): string {
  if (statement === undefined) {
    return "choose another policy";
  }
  if (statement.action.name === "NotAction") {
    return "add sts:SetContext to the statement's NotAction";
  }
  return statement.resource.name === "NotResource"
    ? `add arn:${partition}:sts::*:self, the sessions, to the statement's NotResource`
    : "name the denied actions without sts:SetContext, or limit the statement's Resource";
}

/** A permissions boundary that does not allow sts:SetContext. */
export function leftOut(
  path: string,
  leftOutBy: readonly StatementReference[],
  reasons: readonly string[],
  partition: string,
): Problem {
  const which = leftOutBy.length === 0 ? "" : `; ${leftOutBy.map(nameOf).join(" and ")} leaves it out`;
  return {
    path: `${path}.${boundaryName}`,
    found: `${reasons.join(" and ")}${which}`,
    allowed: `a boundary that allows sts:SetContext on arn:${partition}:sts::*:self`,
    toDo: "choose another boundary, for example PowerUserAccess, or none",
  };
}
