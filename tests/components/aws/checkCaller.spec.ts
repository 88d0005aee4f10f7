import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { checkCaller } from "../../../components/aws/checkCaller";
import { registerProviders } from "../../../components/aws/providers";
import { connection, operations, useLocalAws } from "../localAws";

describe("checkCaller", () => {
  const local = useLocalAws(); // the SDK acts as the management account there

  async function check(ofAws: string, ofAwsNative: string): Promise<void> {
    await pulumi.runtime.setMocks({
      newResource: ({ name }) => ({ id: name, state: {} }),
      call: ({ token }) => ({ accountId: token === "aws-native:index:getAccountId" ? ofAwsNative : ofAws }),
    });
    const providers = await registerProviders(connection);
    await checkCaller(connection, providers.aws, providers["aws-native"]);
  }

  it("is content when aws, aws-native and the AWS SDK act as one account", async () => {
    await check("111111111111", "111111111111");
    assert.deepEqual(operations(local()), ["GetCallerIdentity"]);
  });

  for (const [ofAws, ofAwsNative] of [
    ["222222222222", "111111111111"],
    ["111111111111", "222222222222"],
    ["222222222222", "222222222222"],
  ] as const) {
    it(`refuses aws as ${ofAws} and aws-native as ${ofAwsNative} where the SDK is 111111111111`, async () => {
      await assert.rejects(check(ofAws, ofAwsNative), (error: unknown) => {
        assert(pulumi.RunError.isInstance(error));
        assert.equal(
          error.message,
          "The parts of this stack act as different accounts. Nothing was changed.\n" +
            `  found:   aws as ${ofAws}, aws-native as ${ofAwsNative}, the AWS SDK as 111111111111\n` +
            "  allowed: one account, the organization's management account or a delegated administrator\n" +
            "  to do:   give all of them the same credentials, in the environment or by aws:profile and aws:assumeRoles; AWS_PROFILE and keys in the environment are not read in the same order by all of them",
        );
        return true;
      });
    });
  }
});
