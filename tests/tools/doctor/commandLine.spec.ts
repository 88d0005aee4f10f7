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
