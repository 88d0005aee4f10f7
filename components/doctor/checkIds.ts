/** What the doctor checks, in the order in which it tells of it. The ids are part of its published output: they stay as they are. */
export const checkIds = [
  "credentials",
  "organization",
  "instance",
  "instance-status",
  "instance-region",
  "region-rule",
  "administration",
  "identity-source",
  "switch",
  "application",
  "application-grants",
  "application-scopes",
  "application-authentication",
  "application-assignment",
  "enabler",
  "set-context-permission-sets",
  "set-context-iam",
  "set-context-member-accounts",
  "amazon-q",
] as const;

export type CheckId = (typeof checkIds)[number];

/** Those that identity-aware sessions do not depend on, whatever comes of them. */
const advisory: readonly CheckId[] = [
  "administration",
  "application-authentication",
  "application-assignment",
  "set-context-member-accounts",
  "amazon-q",
];

export function isNeeded(check: CheckId): boolean {
  return !advisory.includes(check);
}
