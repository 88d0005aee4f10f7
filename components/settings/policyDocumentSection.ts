import { z } from "zod";
import { servicePattern } from "../../policy-pack/iam/actions";
import { conditionOperator, unknownOperator } from "../../policy-pack/iam/conditionOperators";
import { parsePolicy } from "../../policy-pack/iam/parsePolicy";
import type { Policy } from "../../policy-pack/iam/policy";
import { grantsSetContext } from "../../policy-pack/iam/setContext";
import { otherThanLatin1 } from "../grants/policyDocument";
import { choice, section, text } from "./fields";
import { withRules } from "./keyRules";
import { documented, lines, refusing } from "./rules";

/**
 * How many bytes that are not blank IAM Identity Center takes as an inline policy (its quotas), and how many of them are kept
 * for the statement that grants sts:SetContext, which is added to every policy.
 */
export const inlinePolicyLimit = { bytes: 10_240, keptForSetContext: 160 };

const ownLimit = inlinePolicyLimit.bytes - inlinePolicyLimit.keptForSetContext;

const oneOrMore = <Item extends z.ZodType>(item: Item, rule: { allowed: string; toDo: string }) =>
  z.union([item, z.array(item).min(1, refusing(rule))], refusing(rule));

const actions = {
  allowed: "one action or a list of actions, each * or a service, without wildcards, and its action",
  toDo: 'write for example "s3:GetObject" or ["s3:Get*"]',
};
const action = text({ pattern: new RegExp(`^(?:\\*|(?:${servicePattern}):[\\w*?-]+)$`), ...actions });

const resources = {
  allowed: "one resource or a list of resources, each * or an ARN",
  toDo: 'write for example "*" or ["arn:aws:s3:::bucket/*"]',
};
const resource = text({ pattern: /^(?:\*|arn:.+)$/, ...resources });

const conditions = {
  allowed: "operators with the keys that they compare and what with",
  toDo: "write for example { StringEquals: { aws:PrincipalTag/team: platform } }",
};
const operator = z.string().refine((name) => conditionOperator(name) !== undefined, {
  error: ({ input }) => {
    const { allowed, toDo } = unknownOperator(String(input));
    return lines({ allowed, toDo: toDo.charAt(0).toLowerCase() + toDo.slice(1) });
  },
});
const operand = z.union([z.string(), z.number(), z.boolean()], refusing(conditions));

const statement = withRules(
  section({
    Sid: text({
      pattern: /^[A-Za-z0-9]*$/,
      allowed: "letters and digits",
      toDo: "remove the other characters from the Sid",
    }).optional(),
    Effect: choice(["Allow", "Deny"], "write one of them"),
    Action: oneOrMore(action, actions).optional(),
    NotAction: oneOrMore(action, actions).optional(),
    Resource: oneOrMore(resource, resources).optional(),
    NotResource: oneOrMore(resource, resources).optional(),
    Condition: z
      .record(
        operator,
        z.record(z.string(), oneOrMore(operand, conditions), refusing(conditions)),
        refusing(conditions),
      )
      .optional(),
  }),
  {
    keys: ["Action", "NotAction"],
    allowed: "exactly one of Action and NotAction",
    toDo: "write the one that you mean",
    broken: ({ Action, NotAction }) => ((Action === undefined) === (NotAction === undefined) ? [{ path: [] }] : []),
  },
  {
    keys: ["Resource", "NotResource"],
    allowed: "exactly one of Resource and NotResource",
    toDo: 'write the one that you mean, for example Resource: "*"',
    broken: ({ Resource, NotResource }) =>
      (Resource === undefined) === (NotResource === undefined) ? [{ path: [] }] : [],
  },
);

const statements = {
  allowed: "a list of statements, each with Effect Allow or Deny",
  toDo: "write the statements of the policy as a list of objects",
};

const keys = section({
  Version: choice(["2012-10-17", "2008-10-17"], 'write Version: "2012-10-17", in quotes'),
  Id: text({ allowed: "a text", toDo: "put it in quotes" }).optional(),
  Statement: z.union([statement, z.array(statement)], refusing(statements)),
});

/** An identity-based policy as IAM has it. */
export const policyDocument = documented(
  withRules(
    keys,
    {
      keys: ["Statement"],
      allowed: "each Sid once in a policy",
      toDo: "rename it, or remove it",
      broken: ({ Statement }) => {
        const sids = [Statement].flat().map(({ Sid }) => Sid);
        return sids.flatMap((sid, index) =>
          sid !== undefined && sids.indexOf(sid) < index ? [{ path: ["Statement", index, "Sid"] }] : [],
        );
      },
    },
    {
      keys: [],
      allowed:
        `${inlinePolicyLimit.bytes.toLocaleString("en")} non-blank bytes at most, and ${ownLimit.toLocaleString("en")} where the policy ` +
        "does not grant sts:SetContext by itself: the rest is kept for the statement that does",
      toDo: "move some of it into customerManagedPolicies, or split the permission set",
      broken: (policy) => {
        const bytes = nonBlankBytes(policy);
        const isTooLong = bytes > inlinePolicyLimit.bytes || (bytes > ownLimit && !grantsSetContextAlready(policy));
        return isTooLong ? [{ path: [], found: `${bytes.toLocaleString("en")} non-blank bytes` }] : [];
      },
    },
    {
      keys: [],
      allowed: "characters of Latin-1",
      toDo: "replace the others, which IAM Identity Center does not take in an inline policy",
      broken: (policy) => {
        const other = otherThanLatin1(policy);
        return other === undefined ? [] : [{ path: [], found: `the character ${other}` }];
      },
    },
  ),
  { type: "an IAM policy document" },
);

export function nonBlankBytes(policy: object): number {
  return Buffer.byteLength(JSON.stringify(policy).replace(/\s/g, ""));
}

/** Nobody knows yet in which partition: a policy whose ARNs are of another one is refused, or added to, later. */
function grantsSetContextAlready(document: object): boolean {
  const { policy } = parsePolicy("inlinePolicy", document);
  const partitions = ["aws", "aws-us-gov", "aws-cn", "aws-iso", "aws-iso-b"];
  const grants = (partition: string, own: Policy) =>
    grantsSetContext({ partition, identityPolicies: [own] }).accounts === "every";
  return policy !== undefined && partitions.some((partition) => grants(partition, policy));
}
