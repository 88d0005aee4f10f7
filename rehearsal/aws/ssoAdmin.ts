import type { Service } from "./service";
import { accountAssignmentOperations } from "./ssoAdmin/accountAssignmentOperations";
import { accountAssignments } from "./ssoAdmin/accountAssignments";
import { accessControlAttributes } from "./ssoAdmin/accessControlAttributes";
import { applicationSettings } from "./ssoAdmin/applicationSettings";
import { applications } from "./ssoAdmin/applications";
import { instanceUpdates } from "./ssoAdmin/instanceUpdates";
import { instances } from "./ssoAdmin/instances";
import { permissionSetOperations } from "./ssoAdmin/permissionSetOperations";
import { permissionSetPolicies } from "./ssoAdmin/permissionSetPolicies";
import { permissionSets } from "./ssoAdmin/permissionSets";
import { provisioningOperations } from "./ssoAdmin/provisioningOperations";
import { regions } from "./ssoAdmin/regions";
import { tags } from "./ssoAdmin/tags";

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
    ...permissionSetOperations,
    ...permissionSetPolicies,
    ...tags,
    ...accountAssignments,
    ...accountAssignmentOperations,
    ...provisioningOperations,
    ...applications,
    ...applicationSettings,
  },
};
