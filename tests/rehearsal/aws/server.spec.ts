import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, Server } from "node:net";
import { DescribeOrganizationCommand, ListAccountsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { ListInstancesCommand, ListPermissionSetsCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { loadOrganization } from "../../../rehearsal/aws/organization";
import { startLocalAws } from "../../../rehearsal/aws/server";
import {
  call,
  clientOf,
  instanceArn,
  memberCaller,
  organizationFile,
  signedHeaders,
  useExampleAws,
} from "./exampleAws";

const createOperation = "CreateTrustedIdentityPropagationApplicationForConsole";

describe("Local AWS", () => {
  const aws = useExampleAws();

  it("tells callers apart by their access key", async () => {
    const management = await new STSClient(await clientOf(aws())).send(new GetCallerIdentityCommand({}));
    assert.equal(management.Account, "111111111111");
    assert.equal(management.Arn, "arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal");
    assert.match(String(management.UserId), /^AROA[0-9A-F]{17}:rehearsal$/);
    const member = await new STSClient(await clientOf(aws(), memberCaller)).send(new GetCallerIdentityCommand({}));
    assert.equal(member.Arn, "arn:aws:iam::222222222222:user/developer");
    assert.match(String(member.UserId), /^AIDA[0-9A-F]{17}$/);
  });

  it("refuses an unknown access key, in the protocol of the service", async () => {
    const unknown = {
      ...(await clientOf(aws())),
      credentials: { accessKeyId: "AKIAUNKNOWN000000000", secretAccessKey: "x" },
    };
    await assert.rejects(new SSOAdminClient(unknown).send(new ListInstancesCommand({})), {
      name: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    });
    await assert.rejects(new STSClient(unknown).send(new GetCallerIdentityCommand({})), {
      name: "InvalidClientTokenId",
    });
  });

  it("refuses a call that is not signed, or signed for another service", async () => {
    const unsigned = await call(aws(), "SWBExternalService.ListInstances", {}, { headers: { authorization: "" } });
    assert.equal((unsigned.body as { __type: string }).__type, "MissingAuthenticationTokenException");
    const other = await call(aws(), "SWBExternalService.ListInstances", {}, { service: "signin" });
    assert.deepEqual(other.body, {
      __type: "InvalidSignatureException",
      Message: "Credential should be scoped to correct service: 'sso'.",
    });
  });

  it("names the service, the operation and what there is when it does not have one", async () => {
    const unknown = await call(aws(), "SWBExternalService.ListTrustedTokenIssuers", {}, { service: "sso" });
    assert.equal(unknown.status, 400);
    assert.equal(unknown.headers.get("x-amzn-errortype"), "UnknownOperationException");
    const { __type: type, Message: message } = unknown.body as { __type: string; Message: string };
    assert.equal(type, "UnknownOperationException");
    assert.match(
      message,
      /^Local AWS has no operation ListTrustedTokenIssuers of sso-admin, only ListInstances, DescribeInstance,/,
    );
    const inherited = await call(aws(), "SWBExternalService.toString", {}, { service: "sso" });
    assert.equal((inherited.body as { __type: string }).__type, "UnknownOperationException");
    await assert.rejects(new STSClient(await clientOf(aws())).send(new GetSessionTokenCommand({})), {
      name: "InvalidAction",
      message:
        "Local AWS has no operation GetSessionToken of sts, only GetCallerIdentity, AssumeRole, AssumeRoleWithWebIdentity.",
    });
    const service = await call(aws(), "DynamoDB_20120810.ListTables", {});
    assert.match(
      (service.body as { message: string }).message,
      /^Local AWS has no service with X-Amz-Target DynamoDB_20120810, only /,
    );
  });

  it("answers errors of the query protocol as XML that can hold any text", async () => {
    const body = "Action=%3Ca%26b%3E&Version=2011-06-15";
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const headers = await signedHeaders(aws(), form, body, { service: "sts" });
    const answer = await fetch(aws().endpoint, { method: "POST", headers, body });
    assert.deepEqual([answer.status, answer.headers.get("content-type")], [400, "text/xml"]);
    assert.match(
      await answer.text(),
      /^<ErrorResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/"><Error><Type>Sender<\/Type><Code>InvalidAction<\/Code><Message>Local AWS has no operation &#60;a&#38;b&#62; of sts, only GetCallerIdentity, AssumeRole, AssumeRoleWithWebIdentity\.<\/Message><\/Error><RequestId>[0-9a-f-]{36}<\/RequestId><\/ErrorResponse>$/,
    );
  });

  it("answers calls of services that it does not have in XML, unless they were made in JSON", async () => {
    for (const [method, body] of [
      ["POST", "Action=ListQueues&Version=2012-11-05"],
      ["GET", undefined],
    ] as const) {
      const answer = await fetch(aws().endpoint, { method, ...(body !== undefined && { body }) });
      const text = await answer.text();
      assert.deepEqual([answer.status, answer.headers.get("content-type")], [400, "text/xml"]);
      assert.match(text, /^<ErrorResponse><Error><Type>Sender<\/Type><Code>UnknownOperationException<\/Code><Message>/);
    }
  });

  it("names every member of an input that is wrong", async () => {
    const input = { RegionScope: "EVERYWHERE", MaxResults: 0 };
    const { body } = await call(aws(), "SWBExternalService.ListInstances", input, { service: "sso" });
    assert.deepEqual(body, {
      __type: "ValidationException",
      Message:
        "2 validation errors detected: Value at 'MaxResults' failed to satisfy constraint: Too small: expected number to be >=1; " +
        'Value at \'RegionScope\' failed to satisfy constraint: Invalid option: expected one of "CURRENT_REGION"|"ALL_REGIONS"',
    });
  });

  it("refuses a body that is not JSON", async () => {
    const { status, body } = await call(aws(), "SWBExternalService.ListInstances", "{", { service: "sso" });
    assert.deepEqual([status, (body as { __type: string }).__type], [400, "SerializationException"]);
  });

  it("logs every call in order, with who, where, what and how it ended", async () => {
    const client = await clientOf(aws());
    await new OrganizationsClient(client).send(new DescribeOrganizationCommand({}));
    await call(aws(), `AWSIDSigninControlPlane.${createOperation}`, { identityCenterInstanceArn: instanceArn });
    await assert.rejects(
      new OrganizationsClient(await clientOf(aws(), memberCaller, "eu-west-1")).send(new ListAccountsCommand({})),
    );
    const principal = {
      account: "111111111111",
      arn: "arn:aws:sts::111111111111:assumed-role/platform-engineer/rehearsal",
    };
    assert.deepEqual(aws().calls, [
      {
        service: "organizations",
        operation: "DescribeOrganization",
        region: "us-east-1",
        principal,
        input: {},
        writes: false,
        status: 200,
      },
      {
        service: "signin",
        operation: createOperation,
        region: "us-east-1",
        principal,
        input: { identityCenterInstanceArn: instanceArn },
        writes: true,
        status: 200,
      },
      {
        service: "organizations",
        operation: "ListAccounts",
        region: "eu-west-1",
        principal: { account: "222222222222", arn: "arn:aws:iam::222222222222:user/developer" },
        input: {},
        writes: false,
        status: 400,
        error: { type: "AccessDeniedException", message: "You don't have permissions to access this resource." },
      },
    ]);
  });

  it("fails on request, before an operation takes effect or after, as often as asked", async () => {
    aws().faults.push(
      { operation: createOperation, times: 2, error: { type: "ThrottlingException", message: "Rate exceeded" } },
      { operation: createOperation, when: "after", error: { type: "InternalServerException", status: 500 } },
      { operation: createOperation, error: { type: "SetupFailedException", reason: "LIMIT_EXCEEDED" } },
    );
    const create = () =>
      call(aws(), `AWSIDSigninControlPlane.${createOperation}`, { identityCenterInstanceArn: instanceArn });
    const throttled = { __type: "ThrottlingException", message: "Rate exceeded" };
    assert.deepEqual((await create()).body, throttled);
    assert.deepEqual((await create()).body, throttled);
    assert.deepEqual((await create()).body, {
      __type: "SetupFailedException",
      message: "SetupFailedException, as a fault asked for.",
      reason: "LIMIT_EXCEEDED",
    });
    assert.deepEqual(aws().contents.applications, []);
    const lost = await create();
    assert.deepEqual([lost.status, lost.headers.get("x-amzn-errortype")], [500, "InternalServerException"]);
    assert.equal(aws().contents.applications.length, 1);
    assert.equal(((await create()).body as { reason: string }).reason, "APPLICATION_ALREADY_EXISTS");
  });

  it("lets a fault of one operation pass the others", async () => {
    aws().faults.push({ operation: "ListPermissionSets", error: { type: "ThrottlingException" } });
    const sso = new SSOAdminClient(await clientOf(aws()));
    await sso.send(new ListInstancesCommand({}));
    await assert.rejects(sso.send(new ListPermissionSetsCommand({ InstanceArn: instanceArn })), {
      name: "ThrottlingException",
    });
    await sso.send(new ListPermissionSetsCommand({ InstanceArn: instanceArn }));
  });

  it("goes on from a saved state, counting on, while the organization comes from its file again", async () => {
    await call(aws(), `AWSIDSigninControlPlane.${createOperation}`, { identityCenterInstanceArn: instanceArn });
    const state = JSON.parse(JSON.stringify(aws().save())) as ReturnType<ReturnType<typeof aws>["save"]>;
    const organization = await loadOrganization(organizationFile);
    organization.accounts.push({ name: "new", id: "555555555555", tags: {}, status: "ACTIVE" });
    const later = await startLocalAws({ organization, state });
    try {
      const { accounts, ...rest } = later.contents;
      const { accounts: before, ...restBefore } = aws().contents;
      assert.deepEqual(rest, restBefore);
      assert.equal(accounts.length, before.length + 1);
      assert.deepEqual(later.save(), aws().save());
      assert.deepEqual(later.calls, []);
      later.contents.applications.length = 0;
      assert.equal(state.applications.length, 1); // what was saved is nobody's live contents
      const again = await call(later, `AWSIDSigninControlPlane.${createOperation}`, {
        identityCenterInstanceArn: instanceArn,
      });
      assert.match((again.body as { applicationArn: string }).applicationArn, /apl-0000000000000002$/);
    } finally {
      await later.close();
    }
  });

  it("refuses a saved state of another version", async () => {
    const organization = await loadOrganization(organizationFile);
    const started = startLocalAws({ organization, state: { ...aws().save(), version: 2 } });
    await assert.rejects(
      started.then((unexpected) => unexpected.close()),
      {
        message: "The saved state of local AWS has version 2; this one reads version 1.",
      },
    );
  });

  it("points an SDK at itself by environment", () => {
    assert.deepEqual(aws().environment, {
      AWS_ENDPOINT_URL: aws().endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    });
    assert.match(aws().endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("listens on this machine's loopback alone, which its endpoint names", async () => {
    const servers: Server[] = [];
    const descriptor = Object.getOwnPropertyDescriptor(Server.prototype, "listen") ?? assert.fail();
    const listen = descriptor.value as (this: Server, ...how: unknown[]) => Server;
    Server.prototype.listen = function (this: Server, ...how: unknown[]) {
      servers.push(this);
      return listen.apply(this, how);
    };
    const own = await startLocalAws({ organization: await loadOrganization(organizationFile) }).finally(() => {
      Object.defineProperty(Server.prototype, "listen", descriptor);
    });
    try {
      const [address, ...others] = servers.map((server) => server.address() as AddressInfo);
      assert.deepEqual([address?.address, others], ["127.0.0.1", []]);
      assert.equal(own.endpoint, `http://127.0.0.1:${String(address?.port)}`);
    } finally {
      await own.close();
    }
  });

  it("closes though a client is in the middle of a request", async () => {
    const organization = await loadOrganization(organizationFile);
    const closing = await startLocalAws({ organization });
    const socket = connect(Number(new URL(closing.endpoint).port), "127.0.0.1");
    socket.on("error", () => undefined);
    await once(socket, "connect");
    socket.write("POST / HTTP/1.1\r\nHost: local\r\nContent-Length: 10\r\n\r\n{");
    const ended = new Promise((resolve) => socket.once("close", resolve));
    await closing.close();
    await ended;
  });

  it("says so when its port is taken", async () => {
    const organization = await loadOrganization(organizationFile);
    const port = Number(new URL(aws().endpoint).port);
    await assert.rejects(startLocalAws({ organization, port }), { code: "EADDRINUSE" });
  });
});
