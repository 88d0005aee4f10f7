import {
  DescribeApplicationCommand,
  type DescribeApplicationResponse,
  GetApplicationAssignmentConfigurationCommand,
  paginateListApplicationAccessScopes,
  paginateListApplicationAuthenticationMethods,
  paginateListApplicationGrants,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { clientConfiguration, type Connection } from "./connection";

/**
 * Reads what an application of IAM Identity Center is made up of. Its errors are the SDK's: what a failure means is for the caller to
 * say, who need not load Pulumi for it.
 */
export class ApplicationReader {
  private readonly client: SSOAdminClient;
  private readonly applicationArn: string;

  constructor(connection: Connection, applicationArn: string) {
    this.client = new SSOAdminClient(clientConfiguration(connection));
    this.applicationArn = applicationArn;
  }

  describe(): Promise<DescribeApplicationResponse> {
    return this.client.send(new DescribeApplicationCommand({ ApplicationArn: this.applicationArn }));
  }

  /** The types of its grants: urn:ietf:params:oauth:grant-type:token-exchange */
  async grants(): Promise<string[]> {
    const types: (string | undefined)[] = [];
    for await (const { Grants = [] } of paginateListApplicationGrants(...this.query())) {
      types.push(...Grants.map(({ GrantType }) => GrantType));
    }
    return types.filter((type) => type !== undefined);
  }

  /** The types of its authentication methods: IAM */
  async authenticationMethods(): Promise<string[]> {
    const types: (string | undefined)[] = [];
    for await (const { AuthenticationMethods = [] } of paginateListApplicationAuthenticationMethods(...this.query())) {
      types.push(...AuthenticationMethods.map(({ AuthenticationMethodType }) => AuthenticationMethodType));
    }
    return types.filter((type) => type !== undefined);
  }

  /** Its access scopes: sts:identity_context */
  async accessScopes(): Promise<string[]> {
    const scopes: (string | undefined)[] = [];
    for await (const { Scopes = [] } of paginateListApplicationAccessScopes(...this.query())) {
      scopes.push(...Scopes.map(({ Scope }) => Scope));
    }
    return scopes.filter((scope) => scope !== undefined);
  }

  /** Whether only those may use it who are assigned to it. */
  async isAssignmentRequired(): Promise<boolean> {
    const command = new GetApplicationAssignmentConfigurationCommand({ ApplicationArn: this.applicationArn });
    return (await this.client.send(command)).AssignmentRequired ?? false;
  }

  private query() {
    return [{ client: this.client }, { ApplicationArn: this.applicationArn }] as const;
  }
}
