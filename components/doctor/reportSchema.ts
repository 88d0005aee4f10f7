import { z } from "zod";
import { checkIds } from "./checkIds";

const principalSchema = z.strictObject({
  kind: z
    .enum(["permission set", "user", "group", "role"])
    .describe("A permission set of the instance, or an IAM user, group or role of the caller's account."),
  name: z.string(),
  arn: z.string(),
  setContext: z
    .enum(["granted", "granted in some accounts", "denied", "limited", "not granted", "not known"])
    .describe(
      "Whether console sessions may use sts:SetContext on themselves. Denied: a Deny takes it away. Limited: an Allow is there, and a " +
        "permissions boundary, NotAction or NotResource leaves it out. Not known: something that decides it was not read, or depends on the session. " +
        "Service control policies are never read, and can take it from accounts.",
    ),
  by: z.array(z.string()).describe("The statements that grant it, take it away or leave it out."),
  reasons: z.array(z.string()).describe("Why it is not granted everywhere, or not known."),
  notRead: z.array(z.string()).describe("Policies that were not read, and why."),
  accounts: z.int().min(0).optional().describe("Of a permission set: in how many accounts it is assigned."),
  accountIds: z.array(z.string()).optional().describe("Of a permission set: in which accounts it is assigned."),
});

export const findingSchema = z.strictObject({
  check: z.enum(checkIds).describe("What was checked. A stable id."),
  state: z
    .enum(["ready", "note", "not ready", "could not tell"])
    .describe("Note: worth knowing, and nothing that identity-aware sessions wait for."),
  needed: z
    .boolean()
    .describe("Whether identity-aware sessions depend on it. Only findings that are needed decide the status."),
  seen: z.string().describe("What was seen."),
  toDo: z.string().optional().describe("What to do about it."),
  documentedAt: z.strictObject({ title: z.string(), url: z.url() }).describe("Where it is documented."),
  lacks: z.array(z.string()).optional().describe("IAM actions that are missing, as far as they are known."),
  principals: z.array(principalSchema).optional().describe("Who may use sts:SetContext and who may not, all of them."),
});

const messageSchema = z.strictObject({
  text: z.string().describe("Ready to be sent to an administrator of IAM Identity Center."),
  requests: z.array(
    z
      .strictObject({
        principal: z.string().describe("The ARN of the role, user or session that lacks permissions."),
        actions: z.array(z.string()).describe("The IAM actions that it lacks."),
        policy: z.looseObject({}).describe("The IAM policy that allows them."),
      })
      .describe("What the text asks for."),
  ),
});

/** What the doctor says with --json. */
export const reportSchema = z
  .strictObject({
    schemaVersion: z.literal(1).describe("Goes up when something is removed or means something else."),
    status: z.enum(["ready", "not ready", "could not tell"]),
    exitCode: z.union([z.literal(0), z.literal(1), z.literal(2)]).describe("0 ready, 1 not ready, 2 could not tell."),
    region: z.string().describe("The Region that was asked in."),
    findings: z.array(findingSchema).describe("At least one of each check, in a fixed order."),
    message: messageSchema.optional().describe("There when permissions lack."),
  })
  .describe("What `npm run doctor -- --json` prints.");

export type Principal = Readonly<z.output<typeof principalSchema>>;
export type Report = Readonly<z.output<typeof reportSchema>>;
