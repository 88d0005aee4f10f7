import { readFile } from "node:fs/promises";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { parsePolicy } from "../../policy-pack/iam/parsePolicy";
import { kmsKeyArnPattern } from "./kmsKeyArn";
import { checkReferences } from "./organizationReferences";

const accountId = z.string().regex(/^\d{12}$/, 'must be an account id of 12 digits, in quotes: "111111111111"');
const region = z.string().regex(/^[a-z]+(-[a-z]+)+-\d+$/, "must be a Region code, for example us-east-1");
const unitPath = z
  .string()
  .regex(/^[^/]+(\/[^/]+)*$/, "must be names joined by slashes, from the root down: Workloads/Production");

const account = z.strictObject({
  name: z.string().min(1).max(50),
  id: accountId,
  email: z.email().optional(),
  /** The unit that holds the account; the root holds those without one. */
  organizationalUnit: unitPath.optional(),
  tags: z.record(z.string(), z.string()).default({}),
  status: z.enum(["PENDING_ACTIVATION", "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"]).default("ACTIVE"),
  /** Customer managed policies that it has, for permission sets that name them: paths with names, "/Base" or "/team/Base". */
  customerManagedPolicies: z
    .array(z.string().regex(/^\/([!-.0-~]+\/)*[\w+=,.@-]{1,128}$/, 'must be a path with a name: "/team/Base"'))
    .optional(),
});

const group = z.strictObject({
  displayName: z.string().min(1),
  /** A UUID; made from the name when left out. */
  id: z.uuid().optional(),
  description: z.string().optional(),
  /** User names. */
  members: z.array(z.string()).default([]),
});

const user = z.strictObject({
  userName: z.string().min(1).max(128),
  id: z.uuid().optional(),
  displayName: z.string().optional(),
  givenName: z.string().optional(),
  familyName: z.string().optional(),
  email: z.email().optional(),
});

const instance = z.strictObject({
  arn: z
    .string()
    .regex(
      /^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/,
      "must be an instance ARN, for example arn:aws:sso:::instance/ssoins-1234567890abcdef",
    ),
  name: z.string().optional(),
  /** The management account makes it an organization instance; another account, an account instance. Default: the management account. */
  ownerAccount: accountId.optional(),
  primaryRegion: region,
  /** Regions that the instance was extended to: instance, applications and identity store can be read there. */
  additionalRegions: z.array(region).max(5).default([]),
  status: z.enum(["CREATE_IN_PROGRESS", "CREATE_FAILED", "DELETE_IN_PROGRESS", "ACTIVE"]).default("ACTIVE"),
  statusReason: z.string().optional(),
  permissionSetsEnabled: z.boolean().default(true),
  /** The customer managed key; left out, a key that AWS owns. */
  kmsKeyArn: z
    .string()
    .regex(kmsKeyArnPattern, "must be a KMS key's ARN, for example arn:aws:kms:us-east-1:111111111111:key/mrk-...")
    .optional(),
  /** Attributes for access control, by key their source; left out, they are off. */
  accessControlAttributes: z.record(z.string(), z.array(z.string()).max(1)).optional(),
  /** Whether identity-aware sessions are on before anybody calls. */
  identityAwareSessions: z.boolean().default(false),
  identityStore: z.strictObject({
    id: z.string().regex(/^d-[0-9a-f]{10}$/, "must be an identity store id, for example d-1234567890"),
    users: z.array(user).default([]),
    groups: z.array(group).default([]),
  }),
});

const caller = z.strictObject({
  accessKeyId: z.string().regex(/^\w{16,128}$/, "must be 16 to 128 letters and digits"),
  secretAccessKey: z.string().min(1),
  /** The ARN that GetCallerIdentity answers: a user's, or an assumed role's. */
  arn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:(iam::\d{12}:(user\/.+|root)|sts::\d{12}:assumed-role\/.+\/.+)$/,
      "must be the ARN of an IAM user or of an assumed role, for example arn:aws:sts::111111111111:assumed-role/platform-engineer/alice",
    ),
});

/** A role or a user of IAM. */
const iamPrincipal = z.strictObject({
  name: z.string().regex(/^[\w+=,.@-]{1,64}$/, "must be 1 to 64 letters, digits and +=,.@-_"),
  path: z
    .string()
    .regex(/^\/([!-.0-~]+\/)*$/, "must begin and end with a slash")
    .default("/"),
  /** Default: the management account. */
  account: accountId.optional(),
  /** Its inline policies: documents by name. */
  policies: z.record(z.string(), z.looseObject({})).default({}),
  permissionsBoundary: z.looseObject({}).optional(),
});

/** A group of IAM users, which has no boundary. */
const iamGroup = iamPrincipal.omit({ permissionsBoundary: true }).extend({
  name: z.string().regex(/^[\w+=,.@-]{1,128}$/, "must be 1 to 128 letters, digits and +=,.@-_"),
  /** Names of users of the account that stand under `users`; a caller who is to be in a group has to stand there as well. */
  members: z.array(z.string()).default([]),
});

const policyDocument = z.looseObject({}).superRefine((document, context) => {
  const { problems = [] } = parsePolicy("document", document);
  problems.forEach(({ path, found, allowed }) =>
    context.addIssue({ code: "custom", message: `${path}: found ${found}, allowed is ${allowed}` }),
  );
});
const managedPolicyName = z.string().min(1);
const managedPolicy = z.union(
  [managedPolicyName, z.strictObject({ name: managedPolicyName, document: policyDocument })],
  "must be the name of an AWS managed policy with its path (job-function/New), or an object of its name and document",
);

const inAccount = { account: accountId.optional() };

/** One way by which a person reaches the console. The account is the management account unless said. */
const signInPath = z.union(
  [
    z.strictObject({ accessPortal: z.strictObject({ ...inAccount, permissionSet: z.string().min(1) }) }),
    z.strictObject({ iamUser: z.strictObject({ ...inAccount, name: z.string().min(1) }) }),
    z.strictObject({ iamRole: z.strictObject({ ...inAccount, name: z.string().min(1) }) }),
    z.strictObject({ federation: z.strictObject({ ...inAccount, role: z.string().min(1) }) }),
  ],
  "must be one of accessPortal: { permissionSet }, iamUser: { name }, iamRole: { name } and federation: { role }, each with an account if it is another than the management account",
);

const person = z.strictObject({
  name: z.string().min(1),
  /** As whom they sign in to IAM Identity Center: a user name, which the identity store need not have. */
  userName: z.string().min(1),
  signsInBy: z.array(signInPath).min(1),
});

const shape = z.strictObject({
  id: z.string().regex(/^o-[a-z0-9]{10,32}$/, "must be an organization id, for example o-exampleorg1"),
  managementAccount: accountId,
  accounts: z.array(account).min(1),
  /** Units that hold no account; those of accounts need no mention. */
  organizationalUnits: z.array(unitPath).default([]),
  /** Accounts that administer a service beside the management account, by service principal: sso.amazonaws.com. */
  delegatedAdministrators: z.record(z.string(), z.array(accountId)).default({}),
  /**
   * Service principals that the organization trusts, for example member.org.stacksets.cloudformation.amazonaws.com, without which
   * there are no StackSets with service-managed permissions.
   */
  trustedAccess: z.array(z.string().regex(/^[a-z0-9.-]+\.amazonaws\.com$/, "must be a service principal")).default([]),
  instances: z.array(instance).default([]),
  /**
   * AWS managed policies that there are beside those that local AWS knows (awsManagedPolicies.json): names with their path. With a
   * document where IAM is asked for it and local AWS does not have it (awsManagedPolicyDocuments.json), or has another one.
   */
  managedPolicies: z.array(managedPolicy).default([]),
  /** Roles, users and groups of the accounts, with what they may do. A caller that is not here is an administrator of its account. */
  iam: z
    .strictObject({
      roles: z.array(iamPrincipal).default([]),
      users: z.array(iamPrincipal).default([]),
      groups: z.array(iamGroup).default([]),
    })
    .prefault({}),
  /** People, for who of them gets an identity-aware console session by which path. */
  people: z.array(person).default([]),
  /**
   * Service control policies, beside FullAWSAccess, which is attached everywhere: names of accounts, paths of units, or / for the root as
   * targets.
   */
  serviceControlPolicies: z
    .array(z.strictObject({ name: z.string().min(1), document: policyDocument, targets: z.array(z.string()).min(1) }))
    .default([]),
  /** Who may call; the first is whom local AWS's own environment names. */
  callers: z.array(caller).min(1),
});

/** An organization as local AWS starts from it; what its file says, defaults filled in. */
export type Organization = z.output<typeof shape>;
export type InstanceDescription = Organization["instances"][number];

/**
 * Reads an organization's YAML file.
 * @throws Error that says why it cannot be read or is not YAML, or lists every problem of it with the path
 */
export async function loadOrganization(file: string): Promise<Organization> {
  const content = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(
      `The organization's file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  try {
    return parseOrganization(parse(content), file);
  } catch (error) {
    throw error instanceof YAMLParseError ? new Error(`${file} is not YAML: ${error.message}`) : error;
  }
}

/** Checks an organization that is there already as a value; `source` is what an error calls it. */
export function parseOrganization(value: unknown, source = "organization"): Organization {
  const result = shape.superRefine(checkReferences).safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(({ path, message }) => `  ${path.join(".") || "(top)"}: ${message}`);
  throw new Error(`${source} does not describe an organization:\n${problems.join("\n")}`);
}
