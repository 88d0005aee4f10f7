/** A step into an object of the configuration, as `pulumi config set --path` takes it: .Developer, or ["on.call"]. */
export function keyStep(key: string): string {
  return /^\w[\w-]*$/.test(key) ? `.${key}` : `["${key}"]`;
}

/** Where a permission set stands in the configuration. */
export function permissionSetPath(name: string): string {
  return `identity-aware-sessions:permissionSets${keyStep(name)}`;
}
