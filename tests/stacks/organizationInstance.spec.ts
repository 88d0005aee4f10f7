import assert from "node:assert/strict";
import type { Organization } from "../../rehearsal/aws/organization";
import { nameOf } from "../../rehearsal/engine/urn";
import { refusalOf } from "./inProcess";
import { type StackOptions, useStacks, withInstance } from "./testStack";

const arn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const otherArn = "arn:aws:sso:::instance/ssoins-fedcba0987654321";

/** The example organization's caller in payments-dev (222222222222). */
const developer = {
  AWS_ACCESS_KEY_ID: "AKIAI44QH8DHBEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
};

/** payments-dev administers the organization's instance and has an account instance of its own, so it sees both. */
function withSeveral(example: Organization): Organization {
  const own = example.instances.map((instance) => ({
    ...instance,
    arn: otherArn,
    ownerAccount: "222222222222",
    identityStore: { ...instance.identityStore, id: "d-0987654321" },
  }));
  return {
    ...example,
    delegatedAdministrators: { "sso.amazonaws.com": ["222222222222"] },
    instances: [...example.instances, ...own],
  };
}

const optedIn = `The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.

aws:region
  found:   ${arn} with the primary Region eu-south-1, which has to be opted in to
  allowed: a primary Region that is enabled by default: Amazon Q is not supported when IAM Identity Center is in an opt-in Region
  to do:   an instance cannot be moved: it has to be deleted, with all its data, and enabled again in another Region
`;

const noUsersAndOff = `identity-aware-sessions:instance
  found:   the identity store d-1234567890, which has no users
  allowed: an identity source that is connected and has its users provisioned
  to do:   connect the identity source and provision its users, or add users in the IAM Identity Center console (Users)

identity-aware-sessions:instance.enablePermissionSets
  found:   false, and an instance whose permission sets are turned off
  allowed: an instance with permission sets
  to do:   turn them on in the IAM Identity Center console, or set it to true; either way, they cannot be turned off again
`;

describe("a stack whose instance of IAM Identity Center", () => {
  const open = useStacks();

  const refused: Record<string, StackOptions & { readonly refusal: string }> = {
    "does not exist is refused": {
      organization: (example) => ({ ...example, instances: [] }),
      refusal: `The instance of IAM Identity Center was not found: 1 problem. Nothing was changed.

aws:region
  found:   no instance of IAM Identity Center in us-east-1
  allowed: the primary Region of the organization's instance
  to do:   set aws:region to that Region; where the organization has no instance yet, enable IAM Identity Center in its management account, in a Region that is enabled by default
`,
    },
    "is not ACTIVE is refused, with AWS's reason": {
      organization: withInstance({ status: "CREATE_FAILED", statusReason: "no key" }),
      refusal: `The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.

identity-aware-sessions:instance
  found:   ${arn} with status CREATE_FAILED (no key)
  allowed: status ACTIVE
  to do:   wait until the instance is ACTIVE, or look at it in the IAM Identity Center console
`,
    },
    "has another primary Region is refused, naming that Region": {
      config: { "aws:region": "eu-west-1" },
      refusal: `The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.

aws:region
  found:   eu-west-1, in which ${arn} is not
  allowed: its primary Region, us-east-1: permission sets and assignments are managed there only
  to do:   run \`pulumi config set aws:region us-east-1\`
`,
    },
    "is an account's own is refused": {
      environment: developer,
      organization: (example) => ({ ...withSeveral(example), instances: withSeveral(example).instances.slice(1) }),
      refusal: `The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.

identity-aware-sessions:instance
  found:   ${otherArn}, an account instance of 222222222222
  allowed: an organization instance, owned by the management account 111111111111
  to do:   run the stack as the management account 111111111111 or the delegated administrator of IAM Identity Center
`,
    },
    "is an account's own beside the organization's is refused, naming the organization's": {
      environment: developer,
      organization: withSeveral,
      config: { instance: { arn: otherArn } },
      refusal: `The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.

identity-aware-sessions:instance
  found:   ${otherArn}, an account instance of 222222222222
  allowed: an organization instance, owned by the management account 111111111111
  to do:   set identity-aware-sessions:instance.arn to ${arn}, which is the organization's
`,
    },
    "has a primary Region that has to be opted in to is refused, in whichever Region it is called": {
      organization: withInstance({ primaryRegion: "eu-south-1" }),
      refusal: optedIn,
    },
    // The policy pack refuses such a Region besides: see the story of the rehearsal.
    "has a primary Region that has to be opted in to is refused in that Region": {
      config: { "aws:region": "eu-south-1" },
      organization: withInstance({ primaryRegion: "eu-south-1" }),
      refusal: optedIn,
    },
    "has such a primary Region, no users, and its permission sets turned off, is refused with all at once": {
      organization: withInstance({
        primaryRegion: "eu-south-1",
        permissionSetsEnabled: false,
        identityStore: { id: "d-1234567890", users: [], groups: [] },
      }),
      config: { "aws:region": "eu-south-1", permissionSets: {} },
      refusal: `${optedIn.replace("1 problem", "3 problems")}
${noUsersAndOff}`,
    },
    "has no users, and its permission sets turned off, is refused with both at once": {
      organization: withInstance({
        permissionSetsEnabled: false,
        identityStore: { id: "d-1234567890", users: [], groups: [] },
      }),
      config: { permissionSets: {} },
      refusal: `The stack cannot use its instance of IAM Identity Center as it is: 2 problems. Nothing was changed.

${noUsersAndOff}`,
    },
    "is neither owned nor administered by the caller's account is refused": {
      environment: developer,
      refusal: `The stack cannot use its instance of IAM Identity Center as it is: 1 problem. Nothing was changed.

aws:profile
  found:   the caller's account 222222222222, to which AWS denies organizations:ListDelegatedAdministrators and sso:ListPermissionSets
  allowed: the management account 111111111111 or a delegated administrator of IAM Identity Center
  to do:   give the credentials of one of them, in the environment or by aws:profile; the management account makes an account a delegated administrator in the IAM Identity Center console (Settings > Management)
`,
    },
  };
  for (const [behaviour, { refusal, ...options }] of Object.entries(refused)) {
    it(behaviour, async () => {
      assert.equal(await refusalOf(options), refusal);
    });
  }

  it("is one of several is refused until it says which", async () => {
    const options = { organization: withSeveral, environment: developer };
    assert.equal(
      await refusalOf(options),
      `The instance of IAM Identity Center was not found: 1 problem. Nothing was changed.

identity-aware-sessions:instance.arn
  found:   nothing, and 2 instances
  allowed: one of ${arn} (of account 111111111111), ${otherArn} (of account 222222222222)
  to do:   set it to the ARN of the organization's instance, which is the management account's
`,
    );
    // The caller is given no right to switch the sessions on, which is no matter here.
    const stack = await open({ ...options, config: { instance: { arn }, switch: { mode: "ignore" } } });
    // So the delegated administrator brings the stack up.
    const { outputs, succeeded } = await stack.up();
    assert.equal(succeeded, true, stack.printed);
    assert.deepEqual([outputs["instance"], outputs["identityStore"]], [arn, "d-1234567890"]);
    assert.deepEqual(stack.writes(), ["CreateAccountAssignment", "CreateResource"]);
    assert.deepEqual(new Set(stack.aws.calls.map(({ principal }) => principal?.account)), new Set(["222222222222"]));
    await stack.changesOf("destroy");
    assert.deepEqual([stack.aws.contents.permissionSets, stack.aws.contents.accountAssignments], [[], []]);
  });

  it("has its permission sets turned off turns them on before it makes any, when that is confirmed", async () => {
    const stack = await open({
      config: {
        instance: { enablePermissionSets: true },
        safety: { protect: false, confirm: ["enablePermissionSets"] },
      },
      organization: withInstance({ permissionSetsEnabled: false }),
    });
    const { events, succeeded } = await stack.up();
    assert.equal(succeeded, true, stack.printed);
    assert.equal(stack.aws.contents.instances[0]?.permissionSetsEnabled, true);
    // What came first could be chance; what the engine waits for is not.
    assert.deepEqual(
      events.flatMap((event) =>
        event.kind === "resOutputsEvent" && event.step.type === "aws-native:sso:PermissionSet"
          ? (event.step.new?.dependencies ?? []).map(nameOf).filter((name) => name.startsWith("instance"))
          : [],
      ),
      ["instance-settings"],
    );
  });
});
