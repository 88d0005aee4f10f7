import assert from "node:assert/strict";
import {
  type SwitchInputs,
  type SwitchOutputs,
  SwitchProvider,
} from "../../../components/identityAwareSessions/switchProvider";
import { createConsoleApplication } from "../../../rehearsal/aws/signInControlPlane";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";
import { configured } from "../configured";

const create = "CreateTrustedIdentityPropagationApplicationForConsole";
const list = "ListTrustedIdentityPropagationApplicationsForConsole";
const patience = { firstPause: 1, longestPause: 5, atMost: 60_000 };
const inputs: SwitchInputs = { instanceArn, onDestroy: "keep" };

describe("the provider of the switch", () => {
  const aws = useLocalAws();
  let provider: SwitchProvider;

  before(async () => {
    provider = await configured(new SwitchProvider(patience), connection);
  });

  function somebodySwitchesOn(hiddenLists = 0): string {
    const { contents } = aws();
    const [instance] = contents.instances;
    assert(instance);
    return createConsoleApplication(contents, instance, hiddenLists).arn;
  }

  function somebodySwitchesOff(): void {
    aws().contents.applications.length = 0;
  }

  const applicationArn = () => aws().contents.applications[0]?.arn;

  async function created(onDestroy: SwitchInputs["onDestroy"] = "keep"): Promise<SwitchOutputs> {
    const { outs } = await provider.create({ instanceArn, onDestroy });
    assert(outs);
    aws().calls.length = 0;
    return outs;
  }

  describe("create", () => {
    it("lists, creates and waits until AWS lists the application", async () => {
      const result = await provider.create(inputs);
      assert.deepEqual(result, {
        id: instanceArn,
        outs: { ...inputs, applicationArn: applicationArn(), status: "Enabled", adopted: false },
      });
      assert.deepEqual(operations(aws()), [list, create, list]);
    });

    it("signs for the service signin in the stack's Region", async () => {
      await provider.create(inputs);
      const signed = aws().calls.map(({ service, region, status }) => ({ service, region, status }));
      assert.deepEqual(signed, Array(3).fill({ service: "signin", region: "us-east-1", status: 200 }));
    });

    it("adopts what is on already, without a call that writes", async () => {
      const existing = somebodySwitchesOn();
      const { outs } = await provider.create(inputs);
      assert.deepEqual(outs, { ...inputs, applicationArn: existing, status: "Enabled", adopted: true });
      assert.deepEqual(operations(aws()), [list]);
    });

    it("adopts the application of somebody who was faster", async () => {
      const theirs = somebodySwitchesOn(1); // List does not show it yet
      const { outs } = await provider.create(inputs);
      assert.deepEqual(outs, { ...inputs, applicationArn: theirs, status: "Enabled", adopted: true });
      assert.deepEqual(operations(aws()), [list, create, list]);
    });

    it("asks again while AWS does not list the new application", async () => {
      aws().faults.visibleAfter = 3;
      const { outs } = await provider.create(inputs);
      assert.equal(outs?.status, "Enabled");
      assert.deepEqual(operations(aws()), [list, create, list, list, list, list]);
    });

    it("records an application of which AWS refuses to say whether it lists it, since it exists", async () => {
      const aws_ = aws();
      const push = (...logged: (typeof aws_.calls)[number][]) => {
        // From the creation on, nothing is listed any more.
        if (aws_.contents.applications.length > 0 && !isDenied) {
          isDenied = true;
          const denied = { type: "AccessDeniedException", message: "No." };
          aws_.faults.push({
            operation: "ListTrustedIdentityPropagationApplicationsForConsole",
            times: 99,
            error: denied,
          });
        }
        return Array.prototype.push.apply(aws_.calls, logged);
      };
      let isDenied = false;
      aws_.calls.push = push;
      await assert.rejects(provider.create(inputs), (error: Error & Record<string, unknown>) => {
        const { applicationArn, status } = error.properties as Record<string, unknown>;
        assert.equal(error.id, instanceArn);
        assert.deepEqual([applicationArn, status], [aws_.contents.applications[0]?.arn, "Enabling"]);
        return true;
      });
    });

    it("records an application that AWS never lists as made but not ready, with where the provider's code lies", async () => {
      aws().faults.visibleAfter = Infinity;
      const impatient = await configured(new SwitchProvider({ ...patience, atMost: 20 }), connection);
      const withCode = { ...inputs, __provider: "code" };
      await assert.rejects(impatient.create(withCode), (error: Error & Record<string, unknown>) => {
        const reason = `AWS made application ${applicationArn()} but did not list it within 0.02 seconds. The next update looks again.`;
        assert.equal(error.message, reason);
        assert.deepEqual(
          { id: error.id, properties: error.properties, reasons: error.reasons },
          {
            id: instanceArn,
            properties: { ...withCode, applicationArn: applicationArn(), status: "Enabling", adopted: false },
            reasons: [reason],
          },
        );
        return true;
      });
    });

    it("says so when somebody else's application does not appear", async () => {
      somebodySwitchesOn(Infinity);
      const impatient = await configured(new SwitchProvider({ ...patience, atMost: 20 }), connection);
      await assert.rejects(impatient.create(inputs), {
        message:
          `AWS says that identity-aware sessions of ${instanceArn} are on already, but did not list the application within ` +
          "0.02 seconds. Run the update again; it adopts the application once AWS lists it.",
      });
    });

    it("tries again after throttling and server errors", async () => {
      aws().faults.push(
        { operation: list, error: { type: "InternalServerException", status: 500 } },
        { operation: create, error: { type: "ThrottlingException" } },
      );
      const { outs } = await provider.create(inputs);
      assert.equal(outs?.adopted, false);
      assert.deepEqual(operations(aws()), [list, list, create, create, list]);
    });

    it("adopts its own application when only AWS's answer was lost", async () => {
      aws().faults.push({ operation: create, when: "after", error: { type: "InternalServerException", status: 500 } });
      const { outs } = await provider.create(inputs);
      assert.equal(outs?.applicationArn, applicationArn());
      assert.equal(aws().contents.applications.length, 1);
    });

    it("asks again while AWS denies it, since it may not know yet what was granted just now", async () => {
      aws().faults.push({ operation: create, times: 2, error: { type: "AccessDeniedException", message: "Not yet." } });
      const { outs } = await provider.create(inputs);
      assert.equal(outs?.applicationArn, applicationArn());
      assert.deepEqual(operations(aws()), [list, create, create, create, list]);
    });

    it("names the permissions when AWS goes on denying it", async () => {
      const impatient = await configured(new SwitchProvider({ ...patience, atMost: 0 }), connection);
      aws().faults.push({ operation: create, error: { type: "AccessDeniedException", message: "No." } });
      await assert.rejects(impatient.create(inputs), {
        message:
          `Could not switch on identity-aware sessions of ${instanceArn}. AWS said AccessDeniedException: No. The caller needs ` +
          "signin:CreateTrustedIdentityPropagationApplicationForConsole with " +
          "signin:ListTrustedIdentityPropagationApplicationsForConsole, sso:GetSharedSsoConfiguration, sso:ListApplications, " +
          "sso:CreateApplication, sso:PutApplicationAccessScope, sso:PutApplicationAssignmentConfiguration, " +
          "sso:PutApplicationAuthenticationMethod and sso:PutApplicationGrant; " +
          "ask an administrator of IAM Identity Center.",
      });
    });

    for (const [reason, toDo] of Object.entries({
      LIMIT_EXCEEDED:
        "The instance has as many applications as its quota allows (7,000 unless it was raised): delete some that are not used, or ask for more in Service Quotas, then run the update again.",
      RESOURCE_NOT_FOUND:
        "See whether the instance is still there, and ACTIVE, in the IAM Identity Center console, then run the update again.",
    })) {
      it(`tells what to do when AWS could not set it up (${reason})`, async () => {
        aws().faults.push({ operation: create, error: { type: "SetupFailedException", message: "So.", reason } });
        await assert.rejects(provider.create(inputs), {
          message: `Could not switch on identity-aware sessions of ${instanceArn}. AWS said SetupFailedException (${reason}): So. ${toDo}`,
        });
      });
    }

    it("records nothing when AWS answers with something that is no application's ARN", async () => {
      somebodySwitchesOn();
      aws().contents.applications.forEach((application) => (application.arn = "arn:aws:sso::1:application/x"));
      await assert.rejects(provider.create(inputs), {
        message:
          `AWS answered with "arn:aws:sso::1:application/x" where its documentation has the ARN of an application of ${instanceArn}. ` +
          "Nothing was recorded; look at the instance's applications in the IAM Identity Center console before you try again.",
      });
    });

    it("asks AWS nothing about an ARN that is no instance's", async () => {
      await assert.rejects(
        provider.create({ ...inputs, instanceArn: "arn:aws:sso:::instance/x" }),
        /^Error: "arn:aws:sso:::instance\/x" is not the ARN of an instance/,
      );
      assert.deepEqual(operations(aws()), []);
    });
  });

  describe("read", () => {
    it("gives inputs beside outputs, so that drift shows as lines", async () => {
      const props = await created();
      assert.deepEqual(await provider.read(instanceArn, props), { id: instanceArn, inputs, props });
      assert.deepEqual(operations(aws()), [list]);
    });

    it("says gone when somebody switched the sessions off", async () => {
      const props = await created();
      somebodySwitchesOff();
      assert.deepEqual(await provider.read(instanceArn, props), {});
    });

    it("takes over an application that somebody made anew", async () => {
      const props = await created();
      somebodySwitchesOff();
      const theirs = somebodySwitchesOn();
      assert.deepEqual((await provider.read(instanceArn, props)).props, {
        ...props,
        applicationArn: theirs,
        adopted: true,
      });
    });
  });

  describe("update", () => {
    it("writes nothing to AWS when only the code or what happens on destroy has changed", async () => {
      const props = await created();
      const { outs } = await provider.update(instanceArn, props, { instanceArn, onDestroy: "deleteApplication" });
      assert.deepEqual(outs, { ...props, onDestroy: "deleteApplication" });
      assert.deepEqual(operations(aws()), [list]);
    });

    it("remembers that it adopted", async () => {
      somebodySwitchesOn();
      const props = await created();
      assert.equal((await provider.update(instanceArn, props, inputs)).outs?.adopted, true);
    });

    it("switches on again what somebody switched off", async () => {
      const props = await created();
      somebodySwitchesOff();
      const { outs } = await provider.update(instanceArn, props, inputs);
      assert.deepEqual(outs, { ...props, applicationArn: applicationArn(), adopted: false });
    });
  });

  describe("delete", () => {
    it("keeps the application by default, without a call", async () => {
      await provider.delete(instanceArn, await created("keep"));
      assert.equal(aws().contents.applications.length, 1);
      assert.deepEqual(operations(aws()), []);
    });

    it("deletes the application when the stack says so", async () => {
      await provider.delete(instanceArn, await created("deleteApplication"));
      assert.deepEqual(aws().contents.applications, []);
      assert.deepEqual(operations(aws()), [list, "DeleteApplication"]);
    });

    it("is content when the application is gone already", async () => {
      const props = await created("deleteApplication");
      somebodySwitchesOff();
      await provider.delete(instanceArn, props);
      assert.deepEqual(operations(aws()), [list]);
    });

    it("is content when the application goes between List and DeleteApplication", async () => {
      const props = await created("deleteApplication");
      aws().faults.push({ operation: "DeleteApplication", error: { type: "ResourceNotFoundException" } });
      await provider.delete(instanceArn, props);
      assert.deepEqual(operations(aws()), [list, "DeleteApplication"]);
    });

    it("tries again while AWS says that there is a conflict", async () => {
      const props = await created("deleteApplication");
      aws().faults.push({ operation: "DeleteApplication", error: { type: "ConflictException" } });
      await provider.delete(instanceArn, props);
      assert.deepEqual(operations(aws()), [list, "DeleteApplication", "DeleteApplication"]);
    });

    it("tells how to leave the sessions on when AWS refuses", async () => {
      const props = await created("deleteApplication");
      aws().faults.push({
        operation: "DeleteApplication",
        error: { type: "ValidationException", message: "Not this one." },
      });
      await assert.rejects(provider.delete(instanceArn, props), {
        message:
          `AWS did not delete application ${props.applicationArn}, which is the switch of identity-aware sessions of ${instanceArn}. ` +
          "It said ValidationException: Not this one. AWS documents no way to switch the sessions off: to leave them on, set " +
          "identity-aware-sessions:switch.onDestroy to keep, run `pulumi up` once, then destroy again.",
      });
    });
  });
});
