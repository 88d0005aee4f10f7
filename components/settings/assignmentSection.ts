import { list, section, text } from "./fields";
import { withRules } from "./keyRules";
import { key } from "./rules";

const names = (pattern: RegExp, what: string, limit: string, example: string) =>
  list(
    text({
      pattern,
      allowed: `${what}, ${limit}`,
      toDo: `write it as AWS has it, in quotes, for example "${example}"`,
    }),
    {
      allowed: `a list, each entry ${what}`,
      toDo: `write a list, for example ["${example}"]`,
    },
  ).default([]);

const keys = section({
  groups: key(
    "The groups that get the permission set.",
    names(
      /^[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r \u00A0]{1,1024}$/u,
      "a group's display name",
      "1 to 1,024 characters",
      "Developers",
    ),
  ),
  users: key(
    "The users that get the permission set.",
    names(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, "a user name", "1 to 128 characters without spaces", "alice"),
  ),
  accounts: key(
    "The accounts that they get it in.",
    names(/^[\u0020-\u007E]{1,50}$/, "an account's name or 12-digit id", "1 to 50 characters of ASCII", "222222222222"),
  ),
});

export const assignmentSection = withRules(
  keys,
  {
    keys: ["groups", "users"],
    allowed: "at least one group or user",
    toDo: "name whom the permission set is assigned to in groups or users, or remove the assignment",
    broken: ({ groups, users }) => (groups.length + users.length > 0 ? [] : [{ path: [] }]),
  },
  {
    keys: ["accounts"],
    allowed: "at least one account",
    toDo: "name the accounts in accounts, or remove the assignment",
    broken: ({ accounts }) => (accounts.length > 0 ? [] : [{ path: [] }]),
  },
);
