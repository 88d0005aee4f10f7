import assert from "node:assert/strict";
import { commandLine } from "../../../tools/doctor/commandLine";

describe("The doctor's command line", () => {
  it("is what is asked for, with no JSON unless it is asked for", () => {
    assert.deepEqual(commandLine(["--stack", "dev", "--role-arn", "arn:aws:iam::111111111111:role/reader"]), {
      stack: "dev",
      roleArn: "arn:aws:iam::111111111111:role/reader",
      json: false,
      help: false,
    });
    assert.deepEqual(commandLine(["--json", "--region", "eu-west-1"]), {
      stack: undefined,
      roleArn: undefined,
      region: "eu-west-1",
      json: true,
      help: false,
    });
  });

  it("refuses a Region that AWS does not have, and what is no ARN of a role or an instance, before it asks", () => {
    for (const [args, message] of [
      [
        ["--region", "us-esat-1"],
        "--region is us-esat-1; it must be the primary Region of the instance of IAM Identity Center, for example us-east-1. To do: write us-east-1 or us-west-1 or us-east-2.",
      ],
      [
        ["--role-arn", "reader"],
        "--role-arn is reader; it must be the ARN of an IAM role. To do: write for example arn:aws:iam::111111111111:role/identity-center-admin.",
      ],
      [
        ["--instance", "ssoins-1234567890abcdef"],
        "--instance is ssoins-1234567890abcdef; it must be the ARN of an instance of IAM Identity Center.",
      ],
    ] as const) {
      assert.throws(() => commandLine(args), { message });
    }
  });

  it("refuses a stack that is a path, an empty value and an option that there is not", () => {
    assert.throws(() => commandLine(["--stack", "../dev"]), {
      message: "--stack is ../dev; it must be the name of a stack of this project, without its organization.",
    });
    assert.throws(() => commandLine(["--region="]), {
      message: "--region is empty; leave it out or give it a value.",
    });
    assert.throws(() => commandLine(["--stak", "dev"]), { code: "ERR_PARSE_ARGS_UNKNOWN_OPTION" });
  });
});
