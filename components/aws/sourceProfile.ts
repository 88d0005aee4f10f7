import { parseKnownFiles } from "@smithy/core/config";

/**
 * The profile whose credentials a chain of profiles begins with: that of the person or machine behind the roles which the chain
 * assumes by role_arn and source_profile. The SDK goes the same way.
 *
 * @param profile where the chain ends; without one AWS_PROFILE, or the default profile unless the environment has credentials.
 * @returns `profile` itself where nothing is assumed.
 */
export async function sourceProfile(profile: string | undefined): Promise<string | undefined> {
  const named = profile ?? process.env["AWS_PROFILE"];
  if (named === undefined && process.env["AWS_ACCESS_KEY_ID"] !== undefined) {
    return undefined;
  }
  const profiles = await parseKnownFiles({});
  const chain = [named ?? "default"];
  for (;;) {
    const { role_arn: role, source_profile: source } = profiles[chain.at(-1) ?? ""] ?? {};
    // A profile that names itself has the credentials beside the role; any other circle the SDK refuses.
    if (role === undefined || source === undefined || chain.includes(source)) {
      return chain.length === 1 ? profile : chain.at(-1);
    }
    chain.push(source);
  }
}
