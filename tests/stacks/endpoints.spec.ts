import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Deployment } from "../../rehearsal/engine/deployment";
import { messages, useStacks } from "./testStack";

describe("a stack whose calls would go elsewhere", () => {
  const openStack = useStacks();

  it("is neither refreshed nor destroyed, which run no program that could refuse it", async () => {
    const stack = await openStack();
    await stack.changesOf("up");
    const resources = () => {
      const { deployment } = JSON.parse(readFileSync(stack.stateFile, "utf8")) as Deployment;
      return deployment.resources.map(({ id, urn }) => ({ id, urn }));
    };
    const [inAws, onRecord] = [JSON.stringify(stack.aws.save()), resources()];
    stack.configure({}, { AWS_ENDPOINT_URL_SSO_ADMIN: "http://elsewhere.invalid" });
    for (const operation of ["refresh", "destroy"] as const) {
      const { events, succeeded } = await stack[operation]();
      assert.equal(succeeded, false, stack.printed);
      assert.match(
        messages(events, "error").join("\n"),
        /AWS's calls would go elsewhere: 1 problem\. Nothing was changed\.\n\nAWS_ENDPOINT_URL_SSO_ADMIN\n {2}found: {3}http to elsewhere\.invalid, /,
        operation,
      );
      assert.doesNotMatch(stack.printed, /\n\s+at .+:\d+/, "no stack trace");
      assert.equal(JSON.stringify(stack.aws.save()), inAws);
      assert.deepEqual(resources(), onRecord);
    }
  });
});
