import { z } from "zod";
import type { Contents, Instance } from "../contents";
import { beginning } from "../identifiers";
import { page, pageInput } from "../pages";
import { operation, type Operation, type Output } from "../service";
import { instanceArn, isVisible, readableInstance } from "./instance";

export const instances: Record<string, Operation> = {
  ListInstances: operation(
    "reads",
    z.object({ ...pageInput(100), RegionScope: z.enum(["CURRENT_REGION", "ALL_REGIONS"]).default("CURRENT_REGION") }),
    (input, request) => {
      const { contents, region } = request;
      const listed = contents.instances
        .filter((each) => isVisible(each, request))
        .filter((each) => input.RegionScope === "ALL_REGIONS" || regions(each).includes(region));
      return page(
        "Instances",
        listed.map((each) => metadata(each, contents)),
        input,
      );
    },
  ),
  DescribeInstance: operation("reads", z.object({ InstanceArn: instanceArn }), (input, request) => {
    // The operation's documented errors have no ResourceNotFoundException.
    const instance = readableInstance(input.InstanceArn, request, "AccessDeniedException");
    return {
      ...metadata(instance, request.contents),
      EncryptionConfigurationDetails: { KeyType: "AWS_OWNED_KMS_KEY", EncryptionStatus: "ENABLED" },
      PermissionSetsEnabled: instance.permissionSetsEnabled,
    };
  }),
};

function regions({ primaryRegion, additionalRegions }: Instance): string[] {
  return [primaryRegion, ...additionalRegions];
}

function metadata(instance: Instance, contents: Contents): Output {
  const { partition } = contents;
  return {
    InstanceArn: instance.arn,
    IdentityStoreId: instance.identityStoreId,
    IdentityStoreArn: `arn:${partition}:identitystore::${instance.ownerAccount}:identitystore/${instance.identityStoreId}`,
    OwnerAccountId: instance.ownerAccount,
    ...(instance.name !== undefined && { Name: instance.name }),
    CreatedDate: beginning,
    Status: instance.status,
    ...(instance.statusReason !== undefined && { StatusReason: instance.statusReason }),
    PrimaryRegion: instance.primaryRegion,
    Regions: regions(instance).map((region, index) => ({
      RegionName: region,
      Status: "ACTIVE",
      AddedDate: beginning,
      IsPrimaryRegion: index === 0,
    })),
  };
}
