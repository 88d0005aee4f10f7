import assert from "node:assert/strict";
import { isRpcSecret, unknownValue as rpcUnknown, unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import { secret, unknownValue, withoutSecrets } from "../../../rehearsal/plugins/propertyValues";

describe("The stand-ins' property values", () => {
  it("are spelled as in Pulumi's own SDK", () => {
    assert.equal(unknownValue, rpcUnknown);
    assert.equal(isRpcSecret(secret("hush")), true);
    assert.equal(unwrapRpcSecret(secret("hush")), "hush");
  });

  it("lose their secrets at every depth", () => {
    const value = { list: [secret({ inner: secret(1) })], plain: "x" };
    assert.deepEqual(withoutSecrets(value), { list: [{ inner: 1 }], plain: "x" });
  });
});
