/** What IAM must allow beside the action of the same name (Service Authorization Reference). */
const furtherPermissions: Readonly<Record<string, string>> = {
  "sso:DescribeInstance": " with sso:GetSharedSsoConfiguration and sso:ListDirectoryAssociations",
};

/**
 * An error of the SDK in the words of this project: what failed, what AWS said, what to do next.
 *
 * @param action the IAM action, for example sso:UpdateInstance
 * @param failed what did not happen, for example "its name was not changed"
 */
export function instanceSettingsError(action: string, instanceArn: string, failed: string, error: unknown): Error {
  const { name, message, Reason: reason } = error as { name: string; message: string; Reason?: string };
  const said = `${name}${reason === undefined ? "" : ` (${reason})`}: ${message.replace(/\.$/, "")}`;
  return new Error(`Of ${instanceArn}, ${failed}. AWS said ${said}. ${toDo(action, name, reason)}`);
}

function toDo(action: string, errorName: string, reason = ""): string {
  if (reason.startsWith("KMS_")) {
    return "It is about the KMS key: look at the key's state, and at what its policy allows the caller and IAM Identity Center.";
  }
  switch (errorName) {
    case "AccessDeniedException":
      return `The caller needs ${action}${furtherPermissions[action] ?? ""}; ask an administrator of IAM Identity Center.`;
    case "ConflictException":
      return "Another change of the instance goes on; run the update again once it is done.";
    case "ServiceQuotaExceededException":
      return "Take another additional Region away first, or ask for a higher quota.";
    case "ValidationException":
      return "Correct identity-aware-sessions:instance.";
    default:
      return "Run the update again; it goes on from what is there.";
  }
}
