/**
 * What AWS documents about texts that several settings have in common, without anchors. Sources: the CloudFormation schemas of
 * AWS::SSO::PermissionSet, AWS::SSO::Instance and AWS::SSO::InstanceAccessControlAttributeConfiguration, and the IAM API.
 */
export const arnOf = String.raw`arn:aws(-[a-z]{1,5}){0,3}`;
export const instanceId = String.raw`(sso)?ins-[a-zA-Z0-9-.]{16}`;
/** Names of policies, permission sets and instances, keys and values of tags. */
export const nameCharacters = String.raw`[\w+=,.@-]`;
export const pathPattern = String.raw`((/[A-Za-z0-9.,+@=_-]+)*)/`;

/** A pattern that the whole of a text has to follow. */
export function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "u");
}
