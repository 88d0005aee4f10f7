import { z } from "zod";
import type { Contents, Instance } from "../contents";
import { beginning } from "../identifiers";
import { page, pageInput } from "../pages";
import { operation, type Operation, type Output } from "../service";
import { instanceArn, isReadable, isVisible, readableInstance } from "./instance";
import { encryptionForm, pollKeyChange } from "./keyChange";
import { pollRegionChange, regionForms } from "./regionChange";

export const instances: Record<string, Operation> = {
  ListInstances: operation(
    "reads",
    z.object({ ...pageInput(100), RegionScope: z.enum(["CURRENT_REGION", "ALL_REGIONS"]).default("CURRENT_REGION") }),
    (input, request) => {
      const { contents } = request;
      const listed = contents.instances
        .filter((each) => isVisible(each, request))
        .filter((each) => input.RegionScope === "ALL_REGIONS" || isReadable(each, request));
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
    pollKeyChange(instance, request);
    pollRegionChange(instance, request);
    return {
      ...metadata(instance, request.contents),
      EncryptionConfigurationDetails: encryptionForm(instance),
      PermissionSetsEnabled: instance.permissionSetsEnabled,
    };
  }),
};

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
    Regions: regionForms(instance),
  };
}
