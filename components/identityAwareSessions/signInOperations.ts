import type { MetadataBearer, StaticListSchema, StaticOperationSchema, StaticStructureSchema } from "@smithy/types";

/** The version of the AWS Sign-In control plane's model that has the two operations. */
export const apiVersion = "2022-07-26";

/**
 * The prefix of the X-Amz-Target header. From the AWS console's own model of the service; the API reference names the
 * operations but not this.
 */
export const serviceTarget = "AWSIDSigninControlPlane";

export const namespace = "com.amazonaws.signincontrolplane";

/** Both operations are about one instance of IAM Identity Center. */
export interface CreateApplicationInput {
  /** arn:aws:sso:::instance/ssoins-1234567890abcdef */
  identityCenterInstanceArn: string;
}

export interface CreateApplicationOutput extends MetadataBearer {
  /** arn:aws:sso::111111111111:application/ssoins-1234567890abcdef/apl-1234567890abcdef */
  applicationArn?: string;
}

export interface ListApplicationsInput extends CreateApplicationInput {
  /** Only 1 is allowed: an instance has one such application at most. */
  maxResults?: number;
  nextToken?: string;
}

export interface ListApplicationsOutput extends MetadataBearer {
  applicationArns?: string[];
  nextToken?: string;
}

export type SignInOperation =
  "CreateTrustedIdentityPropagationApplicationForConsole" | "ListTrustedIdentityPropagationApplicationsForConsole";

/** The Smithy schema of an operation, in the compact form that the SDK's protocols read (kinds: 9 operation, 3 structure, 1 list; members: 0 string, 1 number). */
export function operationSchema(operation: SignInOperation): StaticOperationSchema {
  const structure = (name: string, members: Record<string, number | StaticListSchema>): StaticStructureSchema => [
    3,
    namespace,
    name,
    0,
    Object.keys(members),
    Object.values(members),
  ];
  const applicationArns: StaticListSchema = [1, namespace, "ApplicationArns", 0, 0];
  const [input, output] =
    operation === "CreateTrustedIdentityPropagationApplicationForConsole"
      ? [{ identityCenterInstanceArn: 0 }, { applicationArn: 0 }]
      : [
          { identityCenterInstanceArn: 0, maxResults: 1, nextToken: 0 },
          { applicationArns, nextToken: 0 },
        ];
  return [9, namespace, operation, 0, structure(`${operation}Input`, input), structure(`${operation}Output`, output)];
}
