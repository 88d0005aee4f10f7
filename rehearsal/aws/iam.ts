import { attachedPolicyOperations } from "./iam/attachedPolicies";
import { authorizationDetailsOperations } from "./iam/authorizationDetails";
import { policyOperations } from "./iam/policies";
import { policyListOperations } from "./iam/policyList";
import { policyVersionOperations } from "./iam/policyVersions";
import { principalOperations } from "./iam/principals";
import { simulationOperations } from "./iam/simulation";
import type { Service } from "./service";

/**
 * AWS Identity and Access Management, API version 2010-05-08, in the caller's account: customer managed policies and their
 * attachment to roles, users and groups, the names of AWS managed policies and their default versions, the simulation of what a role or user of the organization's
 * file may do, the roles of permission sets, and all of it at once.
 */
export const iam: Service = {
  name: "iam",
  signingName: "iam",
  protocol: "query",
  identifiedBy: "2010-05-08",
  invalidInput: "ValidationError",
  messageMember: "message",
  operations: {
    ...principalOperations,
    ...policyOperations,
    ...policyListOperations,
    ...policyVersionOperations,
    ...attachedPolicyOperations,
    ...authorizationDetailsOperations,
    ...simulationOperations,
  },
};
