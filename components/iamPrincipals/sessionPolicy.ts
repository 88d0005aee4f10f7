/**
 * The description of every policy that gives sts:SetContext to those who reach the console without permission sets. It stays as it is
 * for good: IAM cannot change a policy's description, and CloudFormation cannot replace a policy that has a name of its own.
 */
export const sessionPolicyDescription =
  "Lets its holders' console sessions become identity-aware (sts:SetContext on their own session)";

/** The description of every StackSet that deploys such a policy: what the doctor knows them by, whatever stack has made them. */
export const stackSetDescription =
  "Gives the organization's accounts a policy with sts:SetContext, for identity-aware console sessions";
