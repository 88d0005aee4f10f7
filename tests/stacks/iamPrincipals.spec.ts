import assert from "node:assert/strict";
import { grantsSetContext } from "../../policy-pack/iam/setContext";
import { policiesOf } from "../../rehearsal/aws/authorization/principalPolicies";
import type { Organization } from "../../rehearsal/aws/organization";
import { refusalOf } from "./inProcess";
import { useStacks } from "./testStack";

/** An IAM user who is in a group, another one, and a role for people who come by federation. */
function withPrincipals({ iam, ...example }: Organization): Organization {
  const plain = { path: "/", policies: {} };
  return {
    ...example,
    iam: {
      roles: [...iam.roles.filter(({ name }) => name !== "analyst"), { ...plain, name: "analyst" }],
      users: ["carol", "dave", "erin"].map((name) => ({ ...plain, name })),
      groups: [{ ...plain, name: "Operators", members: ["dave"] }],
    },
  };
}

describe("a stack that names IAM principals", () => {
  const open = useStacks();
  const ignored = { switch: { mode: "ignore" }, permissionSets: {} };

  it("gives them sts:SetContext, notices who has lost it, and takes it back from those it no longer names", async () => {
    const iamPrincipals = { roles: ["analyst"], users: ["carol"], groups: ["Operators"] };
    const stack = await open({ config: { ...ignored, iamPrincipals }, organization: withPrincipals });
    /** Whose policies, as they are in AWS now, let their sessions become identity-aware. */
    const granted = () => {
      const { contents } = stack.aws;
      return contents.iamPrincipals
        .filter((principal) => {
          const identityPolicies = policiesOf(principal, contents);
          return (
            ["analyst", "carol", "dave", "erin"].includes(principal.name) &&
            grantsSetContext({ partition: "aws", identityPolicies }).accounts === "every"
          );
        })
        .map(({ name }) => name);
    };
    await stack.changesOf("up");
    assert.deepEqual(stack.writes(), ["AttachGroupPolicy", "AttachRolePolicy", "AttachUserPolicy", "CreatePolicy"]);
    assert.deepEqual(granted(), ["analyst", "carol", "dave"]);
    const ofTheSwitch = stack.aws.calls.filter(
      ({ service, operation }) => service === "signin" || operation.startsWith("Simulate"),
    );
    assert.deepEqual(ofTheSwitch, [], "an update asks AWS nothing about sessions that it ignores");
    const { dependencies = [] } = stack.resources().find(({ urn }) => urn.endsWith("::stack-record")) ?? {};
    assert.equal(
      dependencies.filter((urn) => urn.includes("::iam-principals")).length,
      4,
      "a destroy is refused first",
    );

    stack.aws.contents.userPolicyAttachments.length = 0;
    assert.deepEqual(granted(), ["analyst", "dave"]);
    assert.deepEqual(await stack.changesOf("refresh"), ["aws:iam/userPolicyAttachment:UserPolicyAttachment delete"]);

    stack.configure({ ...ignored, iamPrincipals: { ...iamPrincipals, groups: [] } });
    assert.deepEqual(await stack.changesOf("up"), [
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment delete",
      "aws:iam/userPolicyAttachment:UserPolicyAttachment create",
    ]);
    assert.deepEqual(granted(), ["analyst", "carol"]);

    await stack.changesOf("destroy");
    assert.deepEqual(granted(), []);
    assert.deepEqual(stack.aws.contents.iamPolicies, []);
  });

  it("is refused with the near name of one that does not exist", async () => {
    const refusal = await refusalOf({
      config: { ...ignored, iamPrincipals: { users: ["karol"] } },
      organization: withPrincipals,
    });
    assert.match(
      refusal,
      /identity-aware-sessions:iamPrincipals\.users\[0\]\n.*karol.*\n.*\n {2}to do: {3}write carol\n/,
    );
  });
});
