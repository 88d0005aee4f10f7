/**
 * The action that AWS says it has denied, which need not be the one of the operation's name: DescribeInstance, for example, also
 * needs sso:GetSharedSsoConfiguration.
 *
 * @param message of an error; undefined where it names no action, as not every service does.
 *
 * Source of the words: IAM User Guide, "Troubleshoot access denied error messages".
 */
export function deniedAction(message: string): string | undefined {
  return /\bnot authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];
}

/** Whether a service of AWS refused a call because the caller may not do it. */
export function isDenied(error: unknown): boolean {
  return ["AccessDenied", "AccessDeniedException", "UnauthorizedException"].includes((error as Error).name);
}
