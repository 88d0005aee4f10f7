import type { Service } from "./service";
import { accountAssignmentOperations } from "./ssoAdmin/accountAssignmentOperations";
import { accountAssignments } from "./ssoAdmin/accountAssignments";
import { applications } from "./ssoAdmin/applications";
import { instances } from "./ssoAdmin/instances";
import { permissionSets } from "./ssoAdmin/permissionSets";

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
    ...permissionSets,
    ...accountAssignments,
    ...accountAssignmentOperations,
    ...applications,
  },
};
