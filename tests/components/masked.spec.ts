import assert from "node:assert/strict";
import { masked, maskedJson } from "../../components/masked";

const accessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

describe("masked", () => {
  const texts: [string, string, string][] = [
    ["an access key id", "by ASIAIOSFODNN7EXAMPLE here", "by *** here"],
    ["a secret access key", `"${accessKey}"`, '"***"'],
    ["a session token", `${accessKey}${accessKey}${accessKey}==`, "***"],
    ["a JSON web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "***"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", "***"],
    ["a token of a service", "ghp_0123456789abcdef0123456789abcdef0123", "***"],
    ["the password of a URL", "https://alice:hunter2@example.com/", "https://alice:***@example.com/"],
    [
      "what is named a secret",
      'aws_secret_access_key = hunter2, {"password": "a\\"b"}',
      'aws_secret_access_key = ***, {"password": ***}',
    ],
  ];
  for (const [what, text, expected] of texts) {
    it(`hides ${what}`, () => {
      assert.equal(masked(text), expected);
    });
  }

  for (const text of [
    "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef",
    "arn:aws:kms:us-east-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef",
    "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    "${path:enterprise.costCenter}",
    "identity-aware-sessions:permissionSets.Developer.assignments[0].accounts[0]",
    "x".repeat(701),
    "CredentialsProviderError: Could not load credentials from any providers",
    "ExpiredToken: The security token included in the request is expired",
    "InvalidClientTokenId: The security token included in the request is invalid.",
  ]) {
    it(`leaves ${text.slice(0, 80)} as it is`, () => {
      assert.equal(masked(text), text);
    });
  }

  it("hides in JSON whatever stands under a name that promises a secret", () => {
    assert.equal(
      maskedJson({ token: ["a", { b: 1 }], externalId: "c", inside: { apiKey: 5 } }),
      '{"token":***,"externalId":"c","inside":{"apiKey":***}}',
    );
  });

  it("takes long texts in its stride", () => {
    const text = "x".repeat(200_000);
    assert.equal(masked(text), text);
  });
});
