import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { ConsoleApplication } from "../../../components/identityAwareSessions/consoleApplication";
import { connection, instanceArn, useLocalAws } from "../localAws";

const applicationArn = "arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-1234567890abcdef";

describe("ConsoleApplication", () => {
  useLocalAws(); // for its credentials
  let server: Server | undefined;

  afterEach(() => {
    server?.close();
    server?.closeAllConnections();
  });

  /** An AWS that gives these answers, one after the other. @returns the inputs it gets. */
  async function answering(...answers: readonly unknown[]): Promise<unknown[]> {
    return answeringAs("application/x-amz-json-1.0", ...answers);
  }

  async function answeringAs(type: string, ...answers: readonly unknown[]): Promise<unknown[]> {
    const inputs: unknown[] = [];
    server = createServer((request, response) => {
      void json(request).then((input) => {
        const answer = answers[inputs.length];
        inputs.push(input);
        response
          .writeHead(200, { "content-type": type })
          .end(typeof answer === "string" ? answer : JSON.stringify(answer));
      });
    });
    const listening = server;
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    return inputs;
  }

  const application = () => new ConsoleApplication(connection, { firstPause: 0, longestPause: 0, atMost: 0 });

  it("goes on to the page that has the application", async () => {
    const inputs = await answering({ applicationArns: [], nextToken: "second" }, { applicationArns: [applicationArn] });
    assert.equal(await application().find(instanceArn), applicationArn);
    assert.deepEqual(inputs, [
      { identityCenterInstanceArn: instanceArn, maxResults: 1 },
      { identityCenterInstanceArn: instanceArn, maxResults: 1, nextToken: "second" },
    ]);
  });

  const anApplication = `the ARN of an application of ${instanceArn}`;
  const ofAnotherInstance = applicationArn.replace("1234567890abcdef/", "fedcba0987654321/");
  const ofAnotherPartition = applicationArn.replace("arn:aws:", "arn:aws-cn:");
  for (const [what, { answers, documented }] of Object.entries({
    "no ARN": { answers: [{ applicationArns: ["arn:aws:sso::1:application/x"] }], documented: anApplication },
    "the ARN of another instance's application": {
      answers: [{ applicationArns: [ofAnotherInstance] }],
      documented: anApplication,
    },
    "the ARN of another partition's application": {
      answers: [{ applicationArns: [ofAnotherPartition] }],
      documented: anApplication,
    },
    "several applications": {
      answers: [{ applicationArns: [applicationArn, applicationArn] }],
      documented: "a list of one application at most",
    },
    "the same pages for ever": {
      answers: ["one", "other", "one"].map((nextToken) => ({ applicationArns: [], nextToken })),
      documented: "another one for each page",
    },
    "something else than a list": {
      answers: [{ applicationArns: "x" }],
      documented: "a list of one application at most",
    },
    nothing: { answers: [""], documented: "an object" },
    "a list": { answers: [[]], documented: "an object" },
    null: { answers: ["null"], documented: "an object" },
    "a text": { answers: ['"x"'], documented: "an object" },
  })) {
    it(`refuses ${what} as List's answer`, async () => {
      await answering(...answers);
      await assert.rejects(application().find(instanceArn), ({ message }: Error) => {
        assert.match(
          message,
          /^AWS answered with .* Nothing was recorded; look at the instance's applications in the /,
        );
        assert(message.includes(` where its documentation has ${documented}. `), message);
        return true;
      });
    });
  }

  it("takes the page of something between it and AWS for no answer", async () => {
    await answeringAs("text/html", { message: "login please" });
    await assert.rejects(application().find(instanceArn), {
      message:
        "AWS answered with content of type text/html where its documentation has application/x-amz-json-1.0. " +
        "Nothing was recorded; look at the instance's applications in the IAM Identity Center console before you try again.",
    });
  });

  it("takes an answer without the list for an empty one", async () => {
    await answering({});
    assert.equal(await application().find(instanceArn), undefined);
  });

  it("refuses an answer of Create without an application", async () => {
    await answering({ applicationArns: [] }, {});
    await assert.rejects(application().enable(instanceArn), {
      message:
        `AWS answered with "" where its documentation has ${anApplication}. ` +
        "Nothing was recorded; look at the instance's applications in the IAM Identity Center console before you try again.",
    });
  });

  it("refuses an answer that is cut off", async () => {
    await answering('{"applicationArns": [');
    await assert.rejects(
      application().find(instanceArn),
      /^Error: Could not read whether identity-aware sessions of .* are on\. AWS said SyntaxError: /,
    );
  });
});
