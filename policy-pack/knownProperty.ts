/** Stands for a value that is not known before the update. */
export const notYetKnown = Symbol("not known before the update");

/**
 * The value of a resource's property; undefined when the resource has none, `notYetKnown` when a preview cannot know it.
 *
 * @pulumi/policy throws when a policy reads an unknown value, and a policy that lets this pass is reported as an advisory
 * "can't run during preview", however mandatory it is. Nothing else makes a property's reading throw.
 */
export function knownProperty(props: Readonly<Record<string, unknown>>, name: string): unknown {
  try {
    return props[name];
  } catch {
    return notYetKnown;
  }
}
