import { z } from "zod";
import { permissionSetModel } from "../cloudControl/permissionSetModel";
import { operation, type Operation, type Request } from "../service";
import { changePermissionSet, createPermissionSet, deletePermissionSet, type Settings } from "./permissionSetChanges";
import { existingPermissionSet, ofOnePermissionSet, wireForm } from "./permissionSets";

const { Name, Description, SessionDuration, RelayStateType: RelayState, Tags, InstanceArn } = permissionSetModel.shape;

/** Permission sets by the service's own API; Cloud Control works on the same ones. Limits by the API reference. */
export const permissionSetOperations: Record<string, Operation> = {
  CreatePermissionSet: operation(
    "writes",
    z.object({ InstanceArn, Name, Description, SessionDuration, RelayState, Tags }),
    (input, request) => {
      const { Description: description, SessionDuration: sessionDuration = "PT1H", RelayState: relayState } = input;
      const settings: Settings = {
        name: input.Name,
        ...(description !== undefined && { description }),
        sessionDuration,
        ...(relayState !== undefined && { relayState }),
        managedPolicies: [],
        customerManagedPolicyReferences: [],
        inlinePolicy: "",
        tags: input.Tags ?? [],
      };
      return { PermissionSet: wireForm(createPermissionSet(input.InstanceArn, settings, request)) };
    },
  ),
  UpdatePermissionSet: operation(
    "writes",
    z.object({ ...ofOnePermissionSet, Description, SessionDuration, RelayState }),
    (input, request) => {
      const { Description: description, SessionDuration: sessionDuration, RelayState: relayState } = input;
      return change(input, request, () => ({
        ...(description !== undefined && { description }),
        ...(sessionDuration !== undefined && { sessionDuration }),
        ...(relayState !== undefined && { relayState }),
      }));
    },
  ),
  DeletePermissionSet: operation("writes", z.object(ofOnePermissionSet), (input, request) => {
    deletePermissionSet(existingPermissionSet(input, request), request);
    return {};
  }),
};

/** Changes a permission set of the caller's. @param how what is different; undefined takes a property away */
export function change(
  input: { InstanceArn: string; PermissionSetArn: string },
  request: Request,
  how: (settings: Settings) => Partial<{ [Key in keyof Settings]: Settings[Key] | undefined }>,
): Record<string, never> {
  const { instanceArn: _, arn: __, createdDate: ___, ...settings } = existingPermissionSet(input, request);
  const changed = Object.entries({ ...settings, ...how(settings) }).filter(([, value]) => value !== undefined);
  changePermissionSet(
    existingPermissionSet(input, request),
    Object.fromEntries(changed) as unknown as Settings,
    request,
  );
  return {};
}
