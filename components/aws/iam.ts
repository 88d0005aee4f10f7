import {
  type EvaluationResult,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  paginateListPolicies,
  paginateListRoles,
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

  /** The names of all roles: a call a hundred of them, so only to explain an unknown name. */
  async roleNames(): Promise<string[]> {
    const names: string[] = [];
    for await (const page of paginateListRoles({ client: this.client }, {})) {
      names.push(...(page.Roles ?? []).map(({ RoleName = "" }) => RoleName));
    }
    return names;
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

/** Whether IAM refused a call because the caller may not do it. */
export function isDenied(error: unknown): boolean {
  return ["AccessDenied", "AccessDeniedException", "UnauthorizedException"].includes((error as Error).name);
}
