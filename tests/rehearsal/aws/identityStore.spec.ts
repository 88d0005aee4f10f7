import assert from "node:assert/strict";
import {
  DescribeGroupCommand,
  DescribeUserCommand,
  GetGroupIdCommand,
  GetUserIdCommand,
  IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListUsersCommand,
} from "@aws-sdk/client-identitystore";
import { answered, call, clientOf, exampleInstance, administratorCaller, useExampleAws } from "./exampleAws";

const store = { IdentityStoreId: "d-1234567890" };
const unique = (AttributePath: string, AttributeValue: string) => ({
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});

describe("identitystore", () => {
  const aws = useExampleAws((organization) => {
    const [alice] = exampleInstance(organization).identityStore.users;
    Object.assign(alice ?? {}, {
      id: "11111111-2222-4333-8444-555555555555",
      givenName: "Alice",
      familyName: "Example",
    });
  });
  const client = async (region = "us-east-1") =>
    new IdentitystoreClient(await clientOf(aws(), administratorCaller, region));

  it("finds a group's id by its display name and a user's by the user name", async () => {
    const identityStore = await client();
    const { GroupId } = await identityStore.send(
      new GetGroupIdCommand({ ...store, ...unique("displayName", "Developers") }),
    );
    assert.equal(GroupId, aws().contents.groups[0]?.id);
    const { UserId } = await identityStore.send(new GetUserIdCommand({ ...store, ...unique("userName", "alice") }));
    assert.equal(UserId, "11111111-2222-4333-8444-555555555555");
  });

  it("keeps ids the same from one start to the next", async () => {
    const { GroupId } = await (
      await client()
    ).send(new GetGroupIdCommand({ ...store, ...unique("displayName", "Auditors") }));
    assert.equal(GroupId, "324a6ad1-ade7-491f-a659-37f3d82a64f7");
  });

  it("says what it did not find", async () => {
    const identityStore = await client();
    await assert.rejects(identityStore.send(new GetGroupIdCommand({ ...store, ...unique("displayName", "Nobody") })), {
      name: "ResourceNotFoundException",
      ResourceType: "GROUP",
      ResourceId: "Nobody",
    });
    await assert.rejects(identityStore.send(new GetUserIdCommand({ ...store, ...unique("displayName", "alice") })), {
      name: "ValidationException",
    });
    await assert.rejects(identityStore.send(new ListUsersCommand({ IdentityStoreId: "d-0000000000" })), {
      name: "ResourceNotFoundException",
      ResourceType: "IDENTITY_STORE",
    });
    await assert.rejects((await client("eu-west-1")).send(new ListUsersCommand(store)), {
      name: "ResourceNotFoundException",
      ResourceType: "IDENTITY_STORE",
    });
  });

  it("lists users in pages", async () => {
    const identityStore = await client();
    const first = await identityStore.send(new ListUsersCommand({ ...store, MaxResults: 2 }));
    assert.deepEqual(
      first.Users?.map(({ UserName }) => UserName),
      ["alice", "bob"],
    );
    const second = await identityStore.send(
      new ListUsersCommand({ ...store, MaxResults: 2, NextToken: first.NextToken }),
    );
    assert.deepEqual(
      second.Users?.map(({ UserName }) => UserName),
      ["carol"],
    );
    assert.equal(second.NextToken, undefined);
  });

  /** Without the SDK, which calls filters deprecated; they work on. */
  it("lists those of one name by a filter", async () => {
    const list = (operation: string, AttributePath: string, AttributeValue: string) => {
      const input = { ...store, Filters: [{ AttributePath, AttributeValue }] };
      return call(aws(), `AWSIdentityStore.${operation}`, input, { service: "identitystore" });
    };
    const users = await list("ListUsers", "UserName", "carol");
    assert.deepEqual(
      (users.body as { Users: { DisplayName: string }[] }).Users.map(({ DisplayName }) => DisplayName),
      ["Carol Example"],
    );
    const refused = await list("ListGroups", "UserName", "carol");
    assert.equal((refused.body as { __type: string }).__type, "ValidationException");
  });

  it("describes groups and users, and who belongs to a group", async () => {
    const identityStore = await client();
    const [developers] = aws().contents.groups;
    const group = await identityStore.send(new DescribeGroupCommand({ ...store, GroupId: developers?.id }));
    assert.deepEqual(answered(group), {
      ...store,
      GroupId: developers?.id,
      DisplayName: "Developers",
      Description: "Build and run workloads",
    });
    const user = await identityStore.send(
      new DescribeUserCommand({ ...store, UserId: "11111111-2222-4333-8444-555555555555" }),
    );
    assert.deepEqual(answered(user), {
      ...store,
      UserId: "11111111-2222-4333-8444-555555555555",
      UserName: "alice",
      DisplayName: "Alice Example",
      Name: { GivenName: "Alice", FamilyName: "Example" },
      Emails: [{ Value: "alice@example.com", Type: "work", Primary: true }],
      UserStatus: "ENABLED",
    });
    const { GroupMemberships } = await identityStore.send(
      new ListGroupMembershipsCommand({ ...store, GroupId: developers?.id }),
    );
    assert.deepEqual(
      GroupMemberships?.map(({ MemberId }) => MemberId),
      aws()
        .contents.users.slice(0, 2)
        .map(({ id }) => ({ UserId: id })),
    );
  });
});
