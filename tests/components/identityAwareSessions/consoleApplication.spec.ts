import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { ConsoleApplication } from "../../../components/identityAwareSessions/consoleApplication";
import { connection, instanceArn, useLocalAws } from "../localAws";

const applicationArn = "arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-1234567890abcdef";

describe("ConsoleApplication.find", () => {
  useLocalAws(); // for its credentials

  it("goes on to the page that has the application", async () => {
    const inputs: unknown[] = [];
    const pages = [{ applicationArns: [], nextToken: "second" }, { applicationArns: [applicationArn] }];
    const server = createServer((request, response) => {
      void json(request).then((input) => {
        inputs.push(input);
        response
          .writeHead(200, { "content-type": "application/x-amz-json-1.0" })
          .end(JSON.stringify(pages[inputs.length - 1]));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const application = new ConsoleApplication(connection, { firstPause: 0, longestPause: 0, atMost: 0 });
    assert.equal(await application.find(instanceArn), applicationArn);
    assert.deepEqual(inputs, [
      { identityCenterInstanceArn: instanceArn, maxResults: 1 },
      { identityCenterInstanceArn: instanceArn, maxResults: 1, nextToken: "second" },
    ]);
    server.close();
    server.closeAllConnections();
  });
});
