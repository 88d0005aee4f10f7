import type { PermissionSetSettings } from "../../../components/settings/settings";

/** A permission set as the settings have it, with defaults for what a test does not care about. */
export function permissionSet(settings: Partial<PermissionSetSettings> = {}): PermissionSetSettings {
  return {
    sessionDuration: "PT1H",
    managedPolicies: [],
    customerManagedPolicies: [],
    tags: {},
    amazonQ: false,
    existing: false,
    assignments: [],
    ...settings,
  };
}

/** One entry of a permission set's assignments. */
export function assignment(
  names: Partial<PermissionSetSettings["assignments"][number]>,
): PermissionSetSettings["assignments"][number] {
  return { groups: [], users: [], accounts: [], ...names };
}
