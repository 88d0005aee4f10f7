import { z } from "zod";
import { accountOf } from "./arn";
import { AwsError } from "./awsError";
import { digitsOf } from "./identifiers";
import { startSession } from "./sessions";
import { reservedRoles } from "./ssoAdmin/reservedRoles";
import { operation, type Output, type Request, type Service } from "./service";

const role = z.object({
  RoleArn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  /** In seconds. A session that assumes another role gets an hour at most (IAM User Guide, "Role chaining"). */
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
});

/** Source of the patterns: STS API reference, AssumeRole. */
const externalId = z
  .string()
  .min(2)
  .max(1224)
  .regex(/^[\w+=,.@:/-]*$/)
  .optional();
const assumed = {
  SerialNumber: z
    .string()
    .min(9)
    .max(256)
    .regex(/^[\w+=/:,.@-]*$/)
    .optional(),
  SourceIdentity: z
    .string()
    .min(2)
    .max(64)
    .regex(/^[\w+=,.@-]*$/)
    .optional(),
};

/** AWS Security Token Service, API version 2011-06-15. */
export const sts: Service = {
  name: "sts",
  signingName: "sts",
  protocol: "query",
  identifiedBy: "2011-06-15",
  invalidInput: "ValidationError",
  messageMember: "message",
  operations: {
    GetCallerIdentity: operation("reads", z.object({}), (_input, { caller }) => ({
      UserId: userId(caller.arn),
      Account: caller.account,
      Arn: caller.arn,
    })),
    /** Any role in an account of the organization trusts all of its callers, whatever external id they say. */
    AssumeRole: operation(
      "reads",
      z.object({ ...role.shape, ExternalId: externalId, ...assumed }),
      (input, request) => {
        const { caller } = request;
        if (caller.arn.includes(":assumed-role/") && input.DurationSeconds > 3600) {
          throw new AwsError(
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
          );
        }
        return session(input, request, `User: ${caller.arn} is not authorized to perform: sts:AssumeRole`);
      },
    ),
    /** Needs no signature: the token says who calls. Any will do. */
    AssumeRoleWithWebIdentity: {
      ...operation("reads", z.object({ ...role.shape, WebIdentityToken: z.string().min(4) }), (input, request) => ({
        ...session(input, request, "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        Provider: "local",
      })),
      unsigned: true,
    },
  },
};

function session(
  { RoleArn, RoleSessionName, DurationSeconds }: z.output<typeof role>,
  { contents, now }: Request,
  denial: string,
): Output {
  const account = accountOf(RoleArn);
  const isReserved = reservedRoles(account, contents).some(({ arn }) => arn === RoleArn); // trusts the access portal alone
  if (isReserved || contents.accounts.every(({ id }) => id !== account)) {
    throw new AwsError("AccessDenied", `${denial} on resource: ${RoleArn}`, {}, 403);
  }
  const [, partition = "aws"] = RoleArn.split(":");
  // Without the role's path, as in AWS.
  const name = RoleArn.slice(RoleArn.lastIndexOf("/") + 1);
  const arn = `arn:${partition}:sts::${accountOf(RoleArn)}:assumed-role/${name}/${RoleSessionName}`;
  const expiration = now + DurationSeconds * 1000;
  const { accessKeyId, secretAccessKey, sessionToken } = startSession(contents, arn, expiration, now);
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: new Date(expiration).toISOString(),
    },
    AssumedRoleUser: { Arn: arn, AssumedRoleId: userId(arn) },
  };
}

/** A user's unique id; a role session's is the role's followed by the session's name. */
function userId(arn: string): string {
  const resource = arn.slice(arn.lastIndexOf(":") + 1);
  const [kind, name, session] = resource.split("/");
  const unique = (prefix: string, text: string) => `${prefix}${digitsOf(text, 17).toUpperCase()}`;
  return kind === "assumed-role" ? `${unique("AROA", String(name))}:${String(session)}` : unique("AIDA", resource);
}
