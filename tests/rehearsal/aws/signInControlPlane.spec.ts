import assert from "node:assert/strict";
import { DeleteApplicationCommand, ListApplicationsCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { call, clientOf, exampleInstance, instanceArn, useExampleAws } from "./exampleAws";

const prefix = "AWSIDSigninControlPlane";
const createOperation = "CreateTrustedIdentityPropagationApplicationForConsole";
const listOperation = "ListTrustedIdentityPropagationApplicationsForConsole";
const identityCenterInstanceArn = instanceArn;
const applicationArn = "arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-0000000000000001";

describe("The sign-in control plane", () => {
  const aws = useExampleAws();
  const create = (input: unknown = { identityCenterInstanceArn }, options = {}) =>
    call(aws(), `${prefix}.${createOperation}`, input, options);
  const list = (input: unknown = { identityCenterInstanceArn, maxResults: 1 }, options = {}) =>
    call(aws(), `${prefix}.${listOperation}`, input, options);

  it("switches identity-aware sessions on by making an application, which List and sso-admin show", async () => {
    assert.deepEqual((await list()).body, { applicationArns: [] });
    const created = await create();
    assert.equal(created.status, 200);
    assert.equal(created.headers.get("content-type"), "application/x-amz-json-1.0");
    assert.deepEqual(created.body, { applicationArn });
    assert.match(
      applicationArn,
      /^arn:(aws|aws-us-gov|aws-cn|aws-iso|aws-iso-b):sso::[0-9]{12}:application\/(sso)?ins-[a-zA-Z0-9-.]{16}\/apl-[a-zA-Z0-9]{16}$/,
    );
    assert.deepEqual((await list()).body, { applicationArns: [applicationArn] });
    assert.deepEqual((await list({ identityCenterInstanceArn })).body, { applicationArns: [applicationArn] });
    const sso = new SSOAdminClient(await clientOf(aws()));
    const { Applications } = await sso.send(new ListApplicationsCommand({ InstanceArn: instanceArn }));
    assert.deepEqual(
      Applications?.map(({ ApplicationArn }) => ApplicationArn),
      [applicationArn],
    );
  });

  it("is switched off again by deleting the application, and on by another one", async () => {
    await create();
    const sso = new SSOAdminClient(await clientOf(aws()));
    await sso.send(new DeleteApplicationCommand({ ApplicationArn: applicationArn }));
    assert.deepEqual((await list()).body, { applicationArns: [] });
    assert.deepEqual((await create()).body, { applicationArn: applicationArn.replace(/1$/, "2") });
  });

  it("makes no second application", async () => {
    await create();
    const { status, headers, body } = await create();
    assert.equal(status, 400);
    assert.equal(headers.get("x-amzn-errortype"), "SetupFailedException");
    assert.deepEqual(body, {
      __type: "SetupFailedException",
      message: `${instanceArn} has the application for the console already.`,
      reason: "APPLICATION_ALREADY_EXISTS",
    });
    assert.equal(aws().contents.applications.length, 1);
  });

  it("finds an instance in its primary Region only", async () => {
    const other = "arn:aws:sso:::instance/ssoins-0000000000000000";
    for (const [arn, region] of [
      [other, "us-east-1"],
      [instanceArn, "eu-west-1"],
    ] as const) {
      const message = `There is no instance ${arn} whose primary Region is ${region}.`;
      const input = { identityCenterInstanceArn: arn };
      const created = await create(input, { region });
      assert.deepEqual(
        [created.status, created.body],
        [400, { __type: "SetupFailedException", message, reason: "RESOURCE_NOT_FOUND" }],
      );
      const listed = await list(input, { region });
      assert.deepEqual([listed.status, listed.body], [400, { __type: "ValidationException", message }]);
    }
  });

  it("refuses input outside the contract", async () => {
    const wrong = [
      {},
      { identityCenterInstanceArn: "arn:aws:sso:::instance/x" },
      { identityCenterInstanceArn: "arn:aws-iso-e:sso:::instance/ssoins-1234567890abcdef" },
    ];
    for (const input of wrong) {
      for (const { status, body } of [await create(input), await list(input)]) {
        assert.deepEqual([status, (body as { __type: string }).__type], [400, "ValidationException"]);
      }
    }
    for (const more of [{ maxResults: 2 }, { maxResults: 0 }, { nextToken: "x" }]) {
      const { body } = await list({ identityCenterInstanceArn, ...more });
      assert.equal((body as { __type: string }).__type, "ValidationException");
    }
  });

  it("is closed to a member account", async () => {
    for (const { body } of [
      await create(undefined, { accessKeyId: "AKIAI44QH8DHBEXAMPLE" }),
      await list(undefined, { accessKeyId: "AKIAI44QH8DHBEXAMPLE" }),
    ]) {
      assert.equal((body as { __type: string }).__type, "AccessDeniedException");
    }
  });

  it("shows a new application only after a number of lists, when asked to", async () => {
    aws().faults.visibleAfter = 2;
    await create();
    const shown: unknown[] = [];
    for (let times = 0; times < 3; times++) shown.push((await list()).body);
    assert.deepEqual(shown, [{ applicationArns: [] }, { applicationArns: [] }, { applicationArns: [applicationArn] }]);
    const { body } = await create();
    assert.equal((body as { reason: string }).reason, "APPLICATION_ALREADY_EXISTS");
  });

  describe("of an account instance", () => {
    const accountAws = useExampleAws((organization) => {
      exampleInstance(organization).ownerAccount = "222222222222";
    });

    it("refuses to switch the sessions on", async () => {
      const { status, body } = await call(
        accountAws(),
        `${prefix}.${createOperation}`,
        { identityCenterInstanceArn },
        { accessKeyId: "AKIAI44QH8DHBEXAMPLE" },
      );
      assert.equal(status, 400);
      assert.deepEqual(body, {
        __type: "ValidationException",
        message: `${instanceArn} is an account instance of 222222222222; identity-aware sessions need an organization instance.`,
      });
      assert.deepEqual(accountAws().contents.applications, []);
    });
  });
});
