import {
  CloudControlClient,
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  ListResourcesCommand,
  type ProgressEvent,
  UpdateResourceCommand,
} from "@aws-sdk/client-cloudcontrol";
import assert from "node:assert/strict";
import { administratorCaller, clientOf, instanceArn, useExampleAws } from "./exampleAws";

const TypeName = "AWS::SSO::InstanceAccessControlAttributeConfiguration";
const resource = { TypeName, Identifier: instanceArn };
const costCenter = { Key: "CostCenter", Value: { Source: ["${path:enterprise.costCenter}"] } };
const team = { Key: "Team", Value: { Source: ["${path:userName}"] } };

describe("Cloud Control's attributes for access control", () => {
  const aws = useExampleAws();
  const attributes = () => aws().contents.instances[0]?.accessControlAttributes;
  const client = async () => new CloudControlClient(await clientOf(aws(), administratorCaller));

  async function done({ ProgressEvent: started }: { ProgressEvent?: ProgressEvent | undefined }) {
    const { ProgressEvent } = await (
      await client()
    ).send(new GetResourceRequestStatusCommand({ RequestToken: started?.RequestToken }));
    return ProgressEvent;
  }

  async function create(properties: object) {
    const DesiredState = JSON.stringify({ InstanceArn: instanceArn, ...properties });
    return done(await (await client()).send(new CreateResourceCommand({ TypeName, DesiredState })));
  }

  it("are made, read, listed, changed and deleted by the instance's ARN", async () => {
    const control = await client();
    assert.equal((await create({ AccessControlAttributes: [costCenter] }))?.Identifier, instanceArn);
    const { ResourceDescription } = await control.send(new GetResourceCommand(resource));
    assert.deepEqual(JSON.parse(String(ResourceDescription?.Properties)), {
      InstanceArn: instanceArn,
      AccessControlAttributes: [costCenter],
    });
    const ResourceModel = JSON.stringify({ InstanceArn: instanceArn });
    const { ResourceDescriptions } = await control.send(new ListResourcesCommand({ TypeName, ResourceModel }));
    assert.deepEqual(
      ResourceDescriptions?.map(({ Identifier }) => Identifier),
      [instanceArn],
    );
    const PatchDocument = JSON.stringify([{ op: "replace", path: "/AccessControlAttributes", value: [team] }]);
    await done(await control.send(new UpdateResourceCommand({ ...resource, PatchDocument })));
    assert.deepEqual(attributes(), [team]);
    await done(await control.send(new DeleteResourceCommand(resource)));
    assert.equal(attributes(), undefined);
    await assert.rejects(control.send(new GetResourceCommand(resource)), { name: "ResourceNotFoundException" });
    const none = await control.send(new ListResourcesCommand({ TypeName, ResourceModel }));
    assert.deepEqual(none.ResourceDescriptions, []);
  });

  it("are one configuration an instance", async () => {
    await create({ AccessControlAttributes: [costCenter] });
    const again = await create({ AccessControlAttributes: [team] });
    assert.equal(again?.OperationStatus, "FAILED");
    assert.equal(again.ErrorCode, "AlreadyExists");
    assert.deepEqual(attributes(), [costCenter]);
  });

  it("may be written in the deprecated property", async () => {
    await create({ InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: [team] } });
    assert.deepEqual(attributes(), [team]);
  });

  it("are held to the type's schema", async () => {
    const twoSources = { Key: "Team", Value: { Source: ["a", "b"] } };
    await assert.rejects(create({ AccessControlAttributes: [twoSources] }), { name: "ValidationException" });
  });
});
