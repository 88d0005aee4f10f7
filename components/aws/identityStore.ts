import {
  GetGroupIdCommand,
  GetUserIdCommand,
  IdentitystoreClient,
  ListUsersCommand,
  paginateListGroups,
  paginateListUsers,
} from "@aws-sdk/client-identitystore";
import { clientConfiguration, type Connection } from "./connection";
import { lookUp } from "./lookUp";

/** Reads the groups and users of one identity store. */
export class IdentityStoreReader {
  private readonly client: IdentitystoreClient;
  private readonly identityStoreId: string;

  constructor(connection: Connection, identityStoreId: string) {
    this.client = new IdentitystoreClient(clientConfiguration(connection));
    this.identityStoreId = identityStoreId;
  }

  /** @returns the id of the group with this display name, or undefined when there is none. */
  async groupId(displayName: string): Promise<string | undefined> {
    const AlternateIdentifier = uniqueAttribute("displayName", displayName);
    const command = new GetGroupIdCommand({ IdentityStoreId: this.identityStoreId, AlternateIdentifier });
    return lookUp("identitystore:GetGroupId", async () => (await orNothing(this.client.send(command)))?.GroupId);
  }

  /** @returns the id of the user with this user name, or undefined when there is none. */
  async userId(userName: string): Promise<string | undefined> {
    const AlternateIdentifier = uniqueAttribute("userName", userName);
    const command = new GetUserIdCommand({ IdentityStoreId: this.identityStoreId, AlternateIdentifier });
    return lookUp("identitystore:GetUserId", async () => (await orNothing(this.client.send(command)))?.UserId);
  }

  /** Whether there is any user. */
  async hasUsers(): Promise<boolean> {
    const command = new ListUsersCommand({ IdentityStoreId: this.identityStoreId, MaxResults: 1 });
    return lookUp("identitystore:ListUsers", async () => ((await this.client.send(command)).Users ?? []).length > 0);
  }

  /** The display names of all groups: a call a hundred of them, so only to explain an unknown name. */
  async groupNames(): Promise<string[]> {
    return lookUp("identitystore:ListGroups", async () => {
      const names: string[] = [];
      for await (const page of paginateListGroups({ client: this.client }, { IdentityStoreId: this.identityStoreId })) {
        names.push(...(page.Groups ?? []).map(({ DisplayName = "" }) => DisplayName));
      }
      return names;
    });
  }

  /** The user names of all users: a call a hundred of them, so only to explain an unknown name. */
  async userNames(): Promise<string[]> {
    return lookUp("identitystore:ListUsers", async () => {
      const names: string[] = [];
      for await (const page of paginateListUsers({ client: this.client }, { IdentityStoreId: this.identityStoreId })) {
        names.push(...(page.Users ?? []).map(({ UserName = "" }) => UserName));
      }
      return names;
    });
  }
}

function uniqueAttribute(AttributePath: string, AttributeValue: string) {
  return { UniqueAttribute: { AttributePath, AttributeValue } };
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") {
      return undefined;
    }
    throw error;
  }
}
