import { z } from "zod";
import { nearest } from "../nearest";

/**
 * The stack's configuration. Every rule says what is allowed and what to do about a value that is not, as one message of two
 * lines; limits and patterns are those of CloudFormation's AWS::SSO::PermissionSet and of the IAM Identity Center API.
 */
const rule = (allowed: string, toDo: string) => ({ error: () => `${allowed}\n${toDo}` });

/** An object without further keys. */
const section = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => {
      const keys = Object.keys(shape);
      if (issue.code !== "unrecognized_keys") {
        return `an object with the keys ${keys.join(", ")}\nwrite it as an object, for example with \`pulumi config set --path\``;
      }
      const near = issue.keys.flatMap((key) => nearest(key, keys));
      return `the keys ${keys.join(", ")}\n${near.length > 0 ? `write ${near.join(" or ")}` : "remove it"}`;
    },
  });

const names = (what: string, example: string) =>
  z
    .array(
      z
        .string(rule(`${what} as a text`, `put it in quotes, for example "${example}"`))
        .min(1, rule(what, "remove the empty string")),
      rule(`a list, each entry ${what}`, `write a list, for example [${example}]`),
    )
    .default([]);

const assignment = section({
  groups: names("a group's display name", "Developers"),
  users: names("a user name", "alice"),
  accounts: names("an account's name or 12-digit id", "222222222222"),
})
  .refine(
    ({ groups, users }) => groups.length + users.length > 0,
    rule(
      "at least one group or user",
      "name whom the permission set is assigned to in groups or users, or remove the assignment",
    ),
  )
  .refine(
    ({ accounts }) => accounts.length > 0,
    rule("at least one account", "name the accounts in accounts, or remove the assignment"),
  );

const inlinePolicy = z.looseObject(
  {
    Version: z.enum(
      ["2012-10-17", "2008-10-17"],
      rule('"2012-10-17" (or the older "2008-10-17")', 'write Version: "2012-10-17", in quotes'),
    ),
    Statement: z.union(
      [
        z.array(z.looseObject({ Effect: z.enum(["Allow", "Deny"]) })),
        z.looseObject({ Effect: z.enum(["Allow", "Deny"]) }),
      ],
      rule(
        "a list of statements, each with Effect Allow or Deny",
        "write the statements of the policy as a list of objects",
      ),
    ),
  },
  rule("an IAM policy document as an object", "write Version and Statement as YAML, not as a string of JSON"),
);

const permissionSet = section({
  description: z
    .string(rule("a text", "put the description in quotes"))
    .regex(
      /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]{1,700}$/,
      rule(
        "1 to 700 characters of Latin-1",
        "shorten it, or replace the characters that IAM Identity Center does not take",
      ),
    )
    .optional(),
  sessionDuration: z
    .string(rule("an ISO 8601 duration from PT1H to PT12H", "write for example PT8H for eight hours"))
    .refine(
      isSessionDuration,
      rule("an ISO 8601 duration from PT1H to PT12H", "write for example PT8H for eight hours"),
    )
    .default("PT1H"),
  managedPolicies: z
    .array(
      z
        .string(rule("an AWS managed policy's name or ARN", "put it in quotes, for example ReadOnlyAccess"))
        .regex(
          /^(arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy\/)?([\w+=,.@-]+\/)*[\w+=,.@-]+$/,
          rule(
            "an AWS managed policy's name (with its path, if it has one) or ARN",
            "write for example ReadOnlyAccess, job-function/ViewOnlyAccess or arn:aws:iam::aws:policy/ReadOnlyAccess",
          ),
        ),
      rule("a list of AWS managed policies", "write a list, for example [ReadOnlyAccess]"),
    )
    .max(25, rule("25 policies at most", "put the rest into the inline policy, or split the permission set"))
    .refine(
      (policies) => new Set(policies.map(policyName)).size === policies.length,
      rule("each policy once", "remove the one that is there twice"),
    )
    .default([]),
  inlinePolicy: inlinePolicy.optional(),
  tags: z
    .record(
      z
        .string()
        .regex(/^[\w+=,.@-]{1,128}$/, rule("tag keys of 1 to 128 letters, digits and +=,.@-_", "rename the tag")),
      z
        .string(rule("a text", "put the tag's value in quotes"))
        .regex(/^[\w+=,.@-]{0,256}$/, rule("up to 256 letters, digits and +=,.@-_", "change the tag's value")),
      rule("an object of tags", "write for example { team: platform }"),
    )
    .refine((tags) => Object.keys(tags).length <= 50, rule("50 tags at most", "remove some"))
    .default({}),
  assignments: z
    .array(assignment, rule("a list of assignments", "write a list of { groups, users, accounts }"))
    .default([]),
});

export const settingsSchema = z.strictObject({
  aws: section({
    region: z
      .string(
        rule(
          "the primary Region of the instance of IAM Identity Center",
          "run `pulumi config set aws:region us-east-1`, with your Region",
        ),
      )
      .regex(/^[a-z]{2,}(-[a-z]+)+-[0-9]+$/, rule("the name of an AWS Region", "write for example us-east-1")),
    profile: z
      .string(rule("the name of a profile", "write the name of a profile of your AWS configuration files"))
      .min(1, rule("the name of a profile", "remove the key to use the default credentials"))
      .optional(),
  }),
  "identity-aware-sessions": section({
    instance: section({
      arn: z
        .string(rule("the instance's ARN", "write for example arn:aws:sso:::instance/ssoins-1234567890abcdef"))
        .regex(
          /^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/,
          rule(
            "the ARN of an instance of IAM Identity Center",
            "copy it from the console (Settings > Details); it looks like arn:aws:sso:::instance/ssoins-1234567890abcdef",
          ),
        )
        .optional(),
    }).prefault({}),
    permissionSets: z
      .record(
        z
          .string()
          .regex(
            /^[\w+=,.@-]{1,32}$/,
            rule("names of 1 to 32 letters, digits and +=,.@-_", "rename the permission set"),
          ),
        permissionSet,
        rule("an object of permission sets by name", "write { Developer: { ... } }"),
      )
      .default({}),
    switch: section({
      onDestroy: z
        .enum(
          ["keep", "deleteApplication"],
          rule("keep or deleteApplication", "write keep to leave the sessions on when the stack is destroyed"),
        )
        .default("keep"),
    }).prefault({}),
    safety: section({
      protect: z.boolean(rule("true or false", "write true to protect the switch from deletion")).default(true),
    }).prefault({}),
  }),
});

function isSessionDuration(text: string): boolean {
  const parts = /^PT(?=\d)(?:(\d{1,2})H)?(?:(\d{1,3})M)?$/.exec(text);
  const minutes = Number(parts?.[1] ?? 0) * 60 + Number(parts?.[2] ?? 0);
  return parts !== null && minutes >= 60 && minutes <= 720;
}

function policyName(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:.*?:policy\//, "");
}
