import type { Service } from "./service";
import { accountAssignmentOperations } from "./ssoAdmin/accountAssignmentOperations";
import { accountAssignments } from "./ssoAdmin/accountAssignments";
import { accessControlAttributes } from "./ssoAdmin/accessControlAttributes";
import { applications } from "./ssoAdmin/applications";
import { instanceUpdates } from "./ssoAdmin/instanceUpdates";
import { instances } from "./ssoAdmin/instances";
import { permissionSets } from "./ssoAdmin/permissionSets";
import { regions } from "./ssoAdmin/regions";

/** IAM Identity Center, API version 2020-07-20. */
export const ssoAdmin: Service = {
  name: "sso-admin",
  signingName: "sso",
  protocol: "json-1.1",
  identifiedBy: "SWBExternalService",
  invalidInput: "ValidationException",
  messageMember: "Message",
  operations: {
    ...instances,
    ...instanceUpdates,
    ...regions,
    ...accessControlAttributes,
    ...permissionSets,
    ...accountAssignments,
    ...accountAssignmentOperations,
    ...applications,
  },
};
