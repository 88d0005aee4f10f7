/** The root component of every Pulumi program; its URN is the stack's. */
export const stackType = "pulumi:pulumi:Stack";

const providerPrefix = "pulumi:providers:";

/**
 * A resource's URN: `urn:pulumi:STACK::PROJECT::PARENT_TYPE$TYPE::NAME`. The parent's qualified type is left out for the
 * stack itself, as Pulumi does (https://www.pulumi.com/docs/iac/concepts/resources/names/#urns).
 */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent === "" ? "" : qualifiedTypeOf(parent);
  const prefix = parentType === "" || parentType === stackType ? "" : `${parentType}$`;
  return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

/** The name part of a URN; it may itself contain `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

export function isProviderType(type: string): boolean {
  return type.startsWith(providerPrefix);
}

/** Providers that the engine makes by itself for resources that name none. */
export function isDefaultProvider(urn: string): boolean {
  return isProviderType(typeOf(urn)) && /^default(_|$)/.test(nameOf(urn));
}

/** `aws` for `pulumi:providers:aws`, and for `aws:iam/role:Role`. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(providerPrefix.length) : (type.split(":")[0] ?? "");
}

/** How resources name their provider: `URN::ID`. */
export function providerReference(urn: string, id: string): string {
  return `${urn}::${id}`;
}

export function parseProviderReference(reference: string): { urn: string; id: string } {
  const cut = reference.lastIndexOf("::");
  return { urn: reference.slice(0, cut), id: reference.slice(cut + 2) };
}

/** The resource's own type, without those of its parents. */
export function typeOf(urn: string): string {
  return qualifiedTypeOf(urn).split("$").at(-1) ?? "";
}

export function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

export function stackOf(urn: string): string {
  return urn.split("::")[0]?.replace("urn:pulumi:", "") ?? "";
}

export function projectOf(urn: string): string {
  return urn.split("::")[1] ?? "";
}
