import { deniedAction, isDenied } from "./deniedAction";

/** A read-only call to AWS that failed, and what to do about it. */
export interface FailedCall {
  /** The IAM action that was denied as AWS names it, for some calls need more than the action of their name; else that of the call. */
  readonly action: string;
  /** Whether it failed because the caller may not do it. */
  readonly isDenied: boolean;
  /** What AWS, or its SDK, said: the error's name and message. */
  readonly said: string;
  readonly toDo: string;
}

/**
 * @param action the IAM action of the call, for example sso:ListInstances
 * @param error what the AWS SDK has thrown
 */
export function failedCall(action: string, error: unknown): FailedCall {
  const { name, message } = error as Error;
  // A role that may not be assumed says nothing about the call that would have come after.
  const denied = isDenied(error) && !message.includes("sts:AssumeRole");
  return {
    action: denied ? (deniedAction(message) ?? action) : action,
    isDenied: denied,
    said: `${name}: ${message}`,
    toDo: toDo(error as Error, action),
  };
}

function toDo(error: Error, action: string): string {
  const { name, message } = error;
  if (message.includes("sts:AssumeRole")) {
    return "look at the role that is assumed (aws:assumeRoles, the profile or AWS_ROLE_ARN): its trust policy must allow the caller, with the external id that is configured";
  }
  if (isDenied(error)) {
    return `allow the caller ${deniedAction(message) ?? action}, and run as the management account or the delegated administrator of IAM Identity Center`;
  }
  switch (name) {
    case "CredentialsProviderError":
      return "sign in: the environment, aws:profile and the default credential chain of the AWS SDK gave no credentials";
    case "ExpiredTokenException":
    case "ExpiredToken":
    case "InvalidIdentityTokenException":
    case "UnrecognizedClientException":
    case "InvalidClientTokenId":
      return "sign in again: AWS does not accept these credentials";
    default:
      return "try again; where it stays, look at the credentials, aws:region and the network";
  }
}
