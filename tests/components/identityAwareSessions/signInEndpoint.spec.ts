import assert from "node:assert/strict";
import { signInEndpoint } from "../../../components/identityAwareSessions/signInEndpoint";

describe("signInEndpoint", () => {
  const hosts = {
    "us-east-1": "signin.us-east-1.api.aws",
    "cn-north-1": "signin.cn-north-1.api.amazonwebservices.com.cn",
    "us-gov-west-1": "signin.us-gov-west-1.api.aws",
    "us-iso-east-1": "signin.us-iso-east-1.api.aws.ic.gov",
    "us-isob-east-1": "signin.us-isob-east-1.api.aws.scloud",
    "eusc-de-east-1": "signin.eusc-de-east-1.api.amazonwebservices.eu",
  };
  for (const [region, host] of Object.entries(hosts)) {
    it(`is ${host} in ${region}`, () => {
      assert.equal(signInEndpoint({ Region: region }).url.href, `https://${host}/`);
    });
  }

  it("is signed for signin in the same Region", () => {
    assert.deepEqual(signInEndpoint({ Region: "us-east-1" }).properties?.authSchemes, [
      { name: "sigv4", signingName: "signin", signingRegion: "us-east-1", properties: {} },
    ]);
  });

  it("is what is configured, where something is", () => {
    assert.equal(
      signInEndpoint({ Region: "us-east-1", Endpoint: "http://127.0.0.1:4566" }).url.href,
      "http://127.0.0.1:4566/",
    );
  });
});
