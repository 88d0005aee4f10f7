import { z } from "zod";
import { permissionSetModel } from "../cloudControl/permissionSetModel";
import { operation, type Operation, type Request } from "../service";
import { changePermissionSet, createPermissionSet, deletePermissionSet, type Settings } from "./permissionSetChanges";
import { existingPermissionSet, ofOnePermissionSet, wireForm } from "./permissionSets";
import { Tags } from "./tags";

const { Name, Description, SessionDuration, RelayStateType: RelayState, InstanceArn } = permissionSetModel.shape;

/** Permission sets by the service's own API; Cloud Control works on the same ones. Limits by the API reference. */
export const permissionSetOperations: Record<string, Operation> = {
  CreatePermissionSet: operation(
    "writes",
    z.object({ InstanceArn, Name, Description, SessionDuration, RelayState, Tags: Tags.max(50).optional() }),
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

/** Changes a permission set of the caller's. @param how what is different */
export function change(
  input: { InstanceArn: string; PermissionSetArn: string },
  request: Request,
  how: (settings: Settings) => Partial<Settings>,
): Record<string, never> {
  const permissionSet = existingPermissionSet(input, request);
  changePermissionSet(permissionSet, { ...permissionSet, ...how(permissionSet) }, request);
  return {};
}
