import {
  type EvaluationResult,
  GetGroupCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  paginateListGroups,
  paginateListPolicies,
  paginateListRoles,
  paginateListUsers,
  paginateSimulatePrincipalPolicy,
  type Role,
} from "@aws-sdk/client-iam";
import { clientConfiguration, type Connection } from "./connection";

export interface Simulation {
  /** The ARN of the role or user whose policies are judged; not one of a session. */
  readonly principalArn: string;
  /** Judged on every resource ("*"). */
  readonly actions: readonly string[];
  /** Policies in JSON that are taken as the principal's too. */
  readonly policies?: readonly string[];
  /** What a request would say, by condition key. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Reads IAM in the caller's account. Its errors are the SDK's: what a failure means is for the caller to say. */
export class IamReader {
  private readonly client: IAMClient;

  constructor(connection: Connection) {
    this.client = new IAMClient(clientConfiguration(connection));
  }

  /** @returns undefined when there is no role of this name, whatever its path. */
  async role(name: string): Promise<Role | undefined> {
    try {
      return (await this.client.send(new GetRoleCommand({ RoleName: name }))).Role;
    } catch (error) {
      if ((error as Error).name === "NoSuchEntityException") {
        return undefined;
      }
      throw error;
    }
  }

  /** @returns undefined when there is no role, user or group of this name, whatever its path. */
  async principal(kind: "role" | "user" | "group", name: string): Promise<{ readonly path: string } | undefined> {
    try {
      const found = await this.found(kind, name);
      return { path: found?.Path ?? "/" };
    } catch (error) {
      if ((error as Error).name === "NoSuchEntityException") {
        return undefined;
      }
      throw error;
    }
  }

  private async found(
    kind: "role" | "user" | "group",
    name: string,
  ): Promise<{ Path?: string | undefined } | undefined> {
    switch (kind) {
      case "role":
        return (await this.client.send(new GetRoleCommand({ RoleName: name }))).Role;
      case "user":
        return (await this.client.send(new GetUserCommand({ UserName: name }))).User;
      case "group": // which also answers a page of its users: of one, since nobody asks for them
        return (await this.client.send(new GetGroupCommand({ GroupName: name, MaxItems: 1 }))).Group;
    }
  }

  /** The names of all roles, users or groups: a call a hundred of them, so only to explain an unknown name. */
  async names(kind: "role" | "user" | "group"): Promise<string[]> {
    const names: (string | undefined)[] = [];
    const { client } = this;
    switch (kind) {
      case "role":
        for await (const { Roles = [] } of paginateListRoles({ client }, {})) {
          names.push(...Roles.map(({ RoleName }) => RoleName));
        }
        break;
      case "user":
        for await (const { Users = [] } of paginateListUsers({ client }, {})) {
          names.push(...Users.map(({ UserName }) => UserName));
        }
        break;
      case "group":
        for await (const { Groups = [] } of paginateListGroups({ client }, {})) {
          names.push(...Groups.map(({ GroupName }) => GroupName));
        }
    }
    return names.filter((name) => name !== undefined);
  }

  /**
   * The names of all policies that AWS manages, with their paths: job-function/ViewOnlyAccess. A call a thousand of them, so only
   * to explain an unknown name.
   */
  async awsManagedPolicyNames(): Promise<string[]> {
    const names: string[] = [];
    for await (const page of paginateListPolicies({ client: this.client, pageSize: 1000 }, { Scope: "AWS" })) {
      names.push(...(page.Policies ?? []).map(({ Path = "/", PolicyName = "" }) => Path.slice(1) + PolicyName));
    }
    return names;
  }

  /** @returns the document of a policy's default version, as JSON; undefined when there is no such policy. */
  async policyDocument(arn: string): Promise<string | undefined> {
    try {
      const { Policy } = await this.client.send(new GetPolicyCommand({ PolicyArn: arn }));
      const version = { PolicyArn: arn, VersionId: Policy?.DefaultVersionId };
      const { PolicyVersion } = await this.client.send(new GetPolicyVersionCommand(version));
      return decodeURIComponent(PolicyVersion?.Document ?? "");
    } catch (error) {
      if ((error as Error).name === "NoSuchEntityException") {
        return undefined;
      }
      throw error;
    }
  }

  /** What IAM would say to each action. */
  async simulate({ principalArn, actions, policies, context = {} }: Simulation): Promise<EvaluationResult[]> {
    const input = {
      PolicySourceArn: principalArn,
      ActionNames: [...actions],
      ...(policies !== undefined && { PolicyInputList: [...policies] }),
      ContextEntries: Object.entries(context).map(([key, value]) => ({
        ContextKeyName: key,
        ContextKeyType: "string" as const,
        ContextKeyValues: [value],
      })),
    };
    const results: EvaluationResult[] = [];
    for await (const page of paginateSimulatePrincipalPolicy({ client: this.client }, input)) {
      results.push(...(page.EvaluationResults ?? []));
    }
    return results;
  }
}
