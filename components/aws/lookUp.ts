import { RunError } from "@pulumi/pulumi";
import { deniedAction } from "./deniedAction";
import { isDenied } from "./iam";

/**
 * A read-only call to AWS whose failure ends the program with a message instead of a stack trace.
 *
 * @param action the IAM action of the call, for example sso:ListInstances: what a caller who is denied has to be allowed, unless
 *   AWS names another one, for some calls need more than the action of their name.
 */
export async function lookUp<T>(action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { name, message } = error as Error;
    throw new RunError(
      `A look-up in AWS failed (${action}). Nothing was changed.\n  AWS said: ${name}: ${message}\n  to do:    ${toDo(error as Error, action)}`,
    );
  }
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
