import type { ResourceSpec, TypeSpec } from "./typeSpec";

const string: TypeSpec = { type: "string" };
const integer: TypeSpec = { type: "integer" };
const boolean: TypeSpec = { type: "boolean" };
const strings: TypeSpec = { type: "array", items: string };
const object = (properties: Readonly<Record<string, TypeSpec>>, required: readonly string[] = []): TypeSpec => ({
  type: "object",
  properties,
  required,
});
const parameters: TypeSpec = {
  type: "array",
  items: object({ parameterKey: string, parameterValue: string }, ["parameterKey", "parameterValue"]),
};

/**
 * aws-native:cloudformation:StackSet, from the schema of AWS::CloudFormation::StackSet. That permissionModel and stackSetName are
 * create-only the package's own resource class tells the engine by `replaceOnChanges`.
 */
export const stackSet: ResourceSpec = {
  cfnType: "AWS::CloudFormation::StackSet",
  properties: {
    administrationRoleArn: string,
    autoDeployment: object({ dependsOn: strings, enabled: boolean, retainStacksOnAccountRemoval: boolean }),
    callAs: string,
    capabilities: strings,
    description: string,
    executionRoleName: string,
    managedExecution: object({ active: boolean }),
    operationPreferences: object({
      concurrencyMode: string,
      failureToleranceCount: integer,
      failureTolerancePercentage: integer,
      maxConcurrentCount: integer,
      maxConcurrentPercentage: integer,
      regionConcurrencyType: string,
      regionOrder: strings,
    }),
    parameters,
    permissionModel: string,
    stackInstancesGroup: {
      type: "array",
      items: object(
        {
          deploymentTargets: object({
            accountFilterType: string,
            accounts: strings,
            accountsUrl: string,
            organizationalUnitIds: strings,
          }),
          parameterOverrides: parameters,
          regions: strings,
        },
        ["deploymentTargets", "regions"],
      ),
    },
    stackSetId: string,
    stackSetName: string,
    tags: { type: "array", items: object({ key: string, value: string }, ["key", "value"]) },
    templateBody: string,
    templateUrl: string,
  },
  required: ["permissionModel"],
  readOnly: ["stackSetId"],
  stable: ["stackSetId"],
  unordered: ["capabilities", "parameters", "stackInstancesGroup", "tags"],
  writeOnly: ["callAs", "operationPreferences", "stackInstancesGroup", "templateUrl"],
  tagsProperty: "tags",
  autoNaming: { property: "stackSetName", minLength: 0, maxLength: 128 },
};
