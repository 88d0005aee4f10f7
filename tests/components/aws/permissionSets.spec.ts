import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { PermissionSetReader } from "../../../components/aws/permissionSets";
import { addPermissionSet } from "../grants/awsPermissionSet";
import { connection, instanceArn, operations, useLocalAws } from "../localAws";

describe("PermissionSetReader", () => {
  const aws = useLocalAws();
  let reader: PermissionSetReader;

  beforeEach(() => {
    reader = new PermissionSetReader(connection, { arn: instanceArn, permissionSetsEnabled: true });
  });

  it("finds permission sets beyond the first page, and asks for each name once", async () => {
    const arns = Array.from({ length: 130 }, (_, n) => addPermissionSet(aws(), `Set${n}`));
    const found = await reader.find(["Set129", "Nobody"]);
    assert.equal(found["Set129"], arns[129]);
    assert.equal(Object.keys(found).length, 130);
    assert.equal(operations(aws()).filter((each) => each === "ListPermissionSets").length, 2);
    assert.equal(operations(aws()).filter((each) => each === "DescribePermissionSet").length, 130);
  });

  it("stops asking once every name is found", async () => {
    for (let n = 0; n < 100; n++) {
      addPermissionSet(aws(), `Set${n}`);
    }
    await reader.find(["Set3"]);
    assert(operations(aws()).length < 50, `${operations(aws()).length} calls`);
  });

  it("asks nothing for no names", async () => {
    assert.deepEqual(await reader.find([]), {});
    assert.deepEqual(operations(aws()), []);
  });

  it("tells a permission set's name, and nothing of one that is not there", async () => {
    const arn = addPermissionSet(aws(), "Developer");
    assert.equal(await reader.nameOf(arn), "Developer");
    assert.equal(await reader.nameOf(arn.replace(/ps-.*/, "ps-ffffffffffffffff")), undefined);
  });

  it("ends with a message where the caller may not read them", async () => {
    const other = new PermissionSetReader(connection, {
      arn: instanceArn.replace("1234", "9999"),
      permissionSetsEnabled: true,
    });
    await assert.rejects(other.find(["Developer"]), (error: unknown) => {
      assert(RunError.isInstance(error));
      assert.match(error.message, /^A look-up in AWS failed \(sso:ListPermissionSets\)\. Nothing was changed\./);
      return true;
    });
  });
});
