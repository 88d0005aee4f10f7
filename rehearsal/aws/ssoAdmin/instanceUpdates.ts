import { z } from "zod";
import { AwsError } from "../awsError";
import { kmsKeyArnPattern } from "../kmsKeyArn";
import { operation, type Operation } from "../service";
import { instanceArn, isOrganizationInstance, readableInstance, requireAdministrator } from "./instance";
import { startKeyChange } from "./keyChange";

const encryptionConfiguration = z.discriminatedUnion("KeyType", [
  z.strictObject({ KeyType: z.literal("AWS_OWNED_KMS_KEY") }),
  z.strictObject({
    KeyType: z.literal("CUSTOMER_MANAGED_KEY"),
    KmsKeyArn: z.string().regex(kmsKeyArnPattern, "must be a KMS key's ARN"),
  }),
]);

/**
 * UpdateInstance, by the API reference: one of EncryptionConfiguration and PermissionSetsEnabled in a call, the latter only true.
 * Local AWS's own choices: ConflictException while the key is being changed, ValidationException for a key of another Region.
 */
export const instanceUpdates: Record<string, Operation> = {
  UpdateInstance: operation(
    "writes",
    z.object({
      InstanceArn: instanceArn,
      Name: z
        .string()
        .max(255)
        .regex(/^[\w+=,.@-]+$/, "must be letters, digits and +=,.@-_")
        .optional(),
      EncryptionConfiguration: encryptionConfiguration.optional(),
      PermissionSetsEnabled: z.literal(true, "can only be true").optional(),
      NetworkConfiguration: z.undefined("is not had by local AWS").optional(),
    }),
    ({ InstanceArn, Name, EncryptionConfiguration: encryption, PermissionSetsEnabled }, request) => {
      const instance = readableInstance(InstanceArn, request);
      requireAdministrator(instance.arn, request);
      if (encryption !== undefined && PermissionSetsEnabled !== undefined) {
        throw invalid("EncryptionConfiguration and PermissionSetsEnabled cannot be in the same request.");
      }
      if (
        (encryption !== undefined || PermissionSetsEnabled !== undefined) &&
        !isOrganizationInstance(instance, request.contents)
      ) {
        throw invalid("The operation is not supported for this Identity Center instance");
      }
      if (encryption !== undefined) {
        if ((instance.keyChange?.pollsLeft ?? 0) > 0) {
          throw new AwsError("ConflictException", "The encryption configuration is being updated.");
        }
        const kmsKeyArn = encryption.KeyType === "CUSTOMER_MANAGED_KEY" ? encryption.KmsKeyArn : undefined;
        if (kmsKeyArn !== undefined && kmsKeyArn.split(":")[3] !== instance.primaryRegion) {
          throw invalid(`The key must be in ${instance.primaryRegion}, the primary Region of the instance.`);
        }
        startKeyChange(instance, kmsKeyArn, request);
      }
      if (Name !== undefined) instance.name = Name;
      if (PermissionSetsEnabled !== undefined) instance.permissionSetsEnabled = true;
      instance.changed = true;
      return {};
    },
  ),
};

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
