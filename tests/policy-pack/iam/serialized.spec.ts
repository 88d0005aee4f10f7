import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { evaluate } from "../../../policy-pack/iam/evaluate";
import { parsePolicy } from "../../../policy-pack/iam/parsePolicy";
import { grantsSetContext } from "../../../policy-pack/iam/setContext";
import { policyOf } from "./parsed";

// What Pulumi's own dynamic provider process runs a serialised provider with.
const requireFromString = createRequire(require.resolve("@pulumi/pulumi"))("require-from-string") as (
  text: string,
) => unknown;

const evaluator = { evaluate, grantsSetContext, parsePolicy };

describe("The evaluator", () => {
  it("judges the same when a dynamic provider has captured it", async () => {
    const { text } = await pulumi.runtime.serializeFunction(() => evaluator);
    const copy = (requireFromString(text) as { handler: () => typeof evaluator }).handler();
    const document = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "sts:Se?C*", Resource: "arn:aws:sts::*:self" },
        {
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: {
            NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] },
            StringLike: { "aws:PrincipalTag/team": "${aws:username}-*" },
            DateLessThan: { "aws:CurrentTime": "2026-01-01" },
            ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" },
          },
        },
      ],
    };
    const { policy } = copy.parsePolicy("policy", document);
    assert.deepEqual(policy, policyOf("policy", ...document.Statement));
    const identityPolicies = [policy];
    assert.deepEqual(
      copy.grantsSetContext({ partition: "aws", identityPolicies }),
      grantsSetContext({ partition: "aws", identityPolicies }),
    );
    const context = {
      "aws:SourceIp": "2001:db9::1",
      "aws:PrincipalTag/team": "alice-red",
      "aws:username": "alice",
      "aws:CurrentTime": "2025-01-01T00:00:00Z",
      "aws:PrincipalArn": "arn:aws:iam::111122223333:role/a",
    };
    const request = { action: "sts:SetContext", resource: "arn:aws:sts::111122223333:self", context };
    assert.equal(copy.evaluate({ request, identityPolicies }).decision, "explicitlyDenied");
  });
});
