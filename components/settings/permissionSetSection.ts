import { isDeepStrictEqual } from "node:util";
import { assignmentSection } from "./assignmentSection";
import { byName, flag, list, section, text } from "./fields";
import { withRules } from "./keyRules";
import { arnOf, instanceId, nameCharacters, whole } from "./patterns";
import { policyDocument } from "./policyDocumentSection";
import { customerManagedPolicy, managedPolicy, permissionsBoundary } from "./policySections";
import { key, refusing } from "./rules";

const duration = {
  allowed: "an ISO 8601 duration from PT1H to PT12H",
  toDo: "write for example PT8H for eight hours",
};

/** Through CloudFormation, which takes less than the API of IAM Identity Center. */
const tags = byName(
  text({
    pattern: whole(`${nameCharacters}{1,128}`),
    allowed: "tag keys of 1 to 128 letters, digits and +=,.@-_",
    toDo: "rename the tag",
  }),
  text({
    pattern: whole(`${nameCharacters}{1,256}`),
    allowed: "a text of 1 to 256 letters, digits and +=,.@-_",
    toDo: "change the tag's value, or put it in quotes",
  }),
  { atMost: 50, allowed: "an object of tags", toDo: "write for example { team: platform }" },
);

const keys = section({
  description: key(
    "What the permission set is for; people see it in the access portal.",
    text({
      pattern: /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]{1,700}$/,
      allowed: "1 to 700 characters of Latin-1",
      toDo: "shorten it, or replace the characters that IAM Identity Center does not take",
    }).optional(),
  ),
  sessionDuration: key(
    "How long a session lasts.",
    text(duration).refine(isSessionDuration, refusing(duration)).default("PT1H"),
  ),
  relayState: key(
    "The URL in the AWS console that a session begins at.",
    text({
      pattern: /^[a-zA-Z0-9&$@#/%?=~\-_'"|!:,.;*+[\] (){}]{1,240}$/,
      allowed: "1 to 240 characters of a URL",
      toDo: "write for example https://console.aws.amazon.com/q/",
    }).optional(),
  ),
  managedPolicies: key(
    "AWS managed policies.",
    list(managedPolicy, {
      allowed: "a list of AWS managed policies",
      toDo: "write a list, for example [ReadOnlyAccess]",
    }).default([]),
  ),
  customerManagedPolicies: key(
    "Policies of the accounts themselves, which have to lie in every account that the set is assigned in.",
    list(customerManagedPolicy, {
      allowed: "a list of customer managed policies",
      toDo: "write a list, for example [{ name: Base }]",
    }).default([]),
  ),
  inlinePolicy: key("A policy of its own, to which the grant of sts:SetContext is added.", policyDocument.optional()),
  permissionsBoundary: key("The most that the set's policies can allow.", permissionsBoundary.optional()),
  tags: key("Tags of the permission set.", tags.default({})),
  amazonQ: key(
    "Whether people of the set use Amazon Q in the console: it gets the AWS managed policy AmazonQDeveloperAccess.",
    flag("write true for people who use Amazon Q").default(false),
  ),
  import: key(
    "The ARN of the permission set of this name that there is already, which the stack then takes over.",
    text({
      pattern: whole(`${arnOf}:sso:::permissionSet/${instanceId}/ps-[a-zA-Z0-9-./]{16}`),
      allowed: "the ARN of a permission set",
      toDo: "copy it from the console; it looks like arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef",
    }).optional(),
  ),
  existing: key(
    "Whether the set is managed elsewhere, and this stack assigns it only.",
    flag("write true for a permission set that another stack manages").default(false),
  ),
  assignments: key(
    "Who gets the permission set where.",
    list(assignmentSection, {
      allowed: "a list of assignments",
      toDo: "write a list of { groups, users, accounts }",
    }).default([]),
  ),
});

const absent = keys.parse({});

const permissionSet = withRules(
  keys,
  {
    keys: [],
    kinds: ["managedPolicies", "customerManagedPolicies", "amazonQ"],
    allowed: "25 policies at most, managedPolicies, customerManagedPolicies and the one of amazonQ together",
    toDo: "put the rest into the inline policy, or split the permission set",
    broken: ({ managedPolicies, customerManagedPolicies, amazonQ }, isRight) => {
      const isThere = managedPolicies.some(
        (policy, index) => isRight("managedPolicies", index) && policyName(policy) === "AmazonQDeveloperAccess",
      );
      const ofAmazonQ = amazonQ && !isThere ? 1 : 0;
      const count = managedPolicies.length + customerManagedPolicies.length + ofAmazonQ;
      return count > 25 ? [{ path: ["managedPolicies"], found: `${count} policies` }] : [];
    },
  },
  {
    keys: [],
    kinds: ["managedPolicies"],
    allowed: "each AWS managed policy once",
    toDo: "remove it, it is there by name and by ARN",
    broken: ({ managedPolicies }, isRight) =>
      repeated("managedPolicies", managedPolicies, policyName, (index) => isRight("managedPolicies", index)),
  },
  {
    keys: [],
    kinds: ["customerManagedPolicies"],
    allowed: "each customer managed policy's name once, as in an account",
    toDo: "remove one of those with this name",
    broken: ({ customerManagedPolicies }, isRight) =>
      repeated(
        "customerManagedPolicies",
        customerManagedPolicies,
        ({ name }) => name,
        (index) => isRight("customerManagedPolicies", index),
      ),
  },
  {
    keys: ["existing"],
    allowed: "assignments only, for a permission set that is existing: true",
    toDo: "remove it, or remove existing to manage the permission set here",
    broken: (settings) =>
      settings.existing
        ? Object.entries(settings).flatMap(([name, value]) =>
            ["existing", "assignments"].includes(name) || isDeepStrictEqual(value, absent[name as keyof typeof absent])
              ? []
              : [{ path: [name] }],
          )
        : [],
  },
);

export const permissionSetsSection = byName(
  text({
    pattern: whole(`${nameCharacters}{1,32}`),
    allowed: "names of 1 to 32 letters, digits and +=,.@-_",
    toDo: "rename the permission set",
  }),
  permissionSet,
  { allowed: "an object of permission sets by name", toDo: "write { Developer: { ... } }" },
);

/** Where a name is there again though the entry is another one; the same entry again is the list's own problem. */
function repeated<Entry>(
  key: string,
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string,
  isRight: (index: number) => boolean,
) {
  const named = entries.flatMap((entry, index) =>
    isRight(index) ? [{ index, name: nameOf(entry), text: JSON.stringify(entry) }] : [],
  );
  return named.flatMap(({ index, name, text }, place) => {
    const before = named.slice(0, place);
    return before.some((other) => other.name === name) && before.every((other) => other.text !== text)
      ? [{ path: [key, index] }]
      : [];
  });
}

/** AWS's pattern has seconds, too, and days and more, which come to more than twelve hours. */
function isSessionDuration(duration: string): boolean {
  const parts = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration);
  const [hours, minutes, seconds] = [1, 2, 3].map((n) => Number(parts?.[n] ?? 0)) as [number, number, number];
  const total = hours * 3600 + minutes * 60 + seconds;
  return parts !== null && total >= 3600 && total <= 43_200;
}

function policyName(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:.*?:policy\//, "");
}
