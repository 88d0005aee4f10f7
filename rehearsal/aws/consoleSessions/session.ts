/** How somebody signs in, and where. */
export interface SignIn {
  /** The person's name in the organization's file. */
  readonly person: string;
  /** As whom they sign in to IAM Identity Center. */
  readonly userName: string;
  readonly path: "accessPortal" | "iamUser" | "iamRole" | "federation";
  /** The account's id. */
  readonly account: string;
  /** The permission set, the IAM user or the IAM role by which they come. */
  readonly by: string;
}

/** What an identity-aware session needs and a person lacks. */
export type Link =
  | "switch"
  | "grant"
  | "explicit Deny"
  | "permissions boundary"
  | "service control policy"
  | "user in the identity store"
  | "assignment"
  | "IAM principal"
  | "not decided";

export interface MissingLink {
  readonly link: Link;
  /** A sentence without its full stop. */
  readonly reason: string;
}

/**
 * One of the three values that make a console session identity-aware. The session ID has no condition key that AWS documents.
 *
 * Source: IAM Identity Center User Guide, "Identity-aware sessions".
 */
export interface SessionValue {
  readonly name: "identitystore:UserId" | "identitystore:IdentityStoreArn" | "session ID";
  readonly value: string;
  readonly added: "at sign-in" | "when it became identity-aware";
}

/** What comes of a sign-in. */
export interface ConsoleSession extends SignIn {
  readonly isIdentityAware: boolean;
  readonly values: readonly SessionValue[];
  /** Empty exactly for sessions that are identity-aware. */
  readonly missing: readonly MissingLink[];
}
