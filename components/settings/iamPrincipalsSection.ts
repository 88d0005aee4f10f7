import { list, section, text } from "./fields";
import { memberAccountsSection } from "./memberAccountsSection";
import { nameCharacters, whole } from "./patterns";
import { key } from "./rules";

/** Source of the lengths: the IAM API reference, CreateRole, CreateUser and CreateGroup. */
function names(kind: string, plural: string, atMost: number) {
  const name = text({
    pattern: whole(`${nameCharacters}{1,${atMost}}`),
    allowed: `${kind}'s name: 1 to ${atMost} letters, digits and +=,.@-_`,
    toDo: `write ${kind.replace(/^an /, "the ")}'s name alone, without its ARN or path`,
  });
  const rule = { allowed: `a list of names of ${plural}`, toDo: "write a list, for example [analyst]" };
  return list(name, rule).default([]);
}

export const iamPrincipalsSection = section({
  roles: key(
    "IAM roles of the stack's account that people assume, or come to by federation, and whose sessions may become identity-aware.",
    names("an IAM role", "IAM roles", 64),
  ),
  users: key(
    "IAM users of the stack's account whose sessions may become identity-aware.",
    names("an IAM user", "IAM users", 64),
  ),
  groups: key(
    "IAM groups of the stack's account, all of whose users' sessions may become identity-aware.",
    names("an IAM group", "IAM groups", 128),
  ),
  memberAccounts: key(
    "The same policy in other accounts of the organization, by a StackSet, and in the management account.",
    memberAccountsSection.prefault({}),
  ),
});
