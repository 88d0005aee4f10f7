import type { Deployment } from "../engine/deployment";
import { Secrets } from "../engine/secrets";

/**
 * A state with the values of its secrets in `plaintext`, as the Automation API exports it; encrypted they differ every time.
 * @throws Error when they are encrypted under another passphrase than PULUMI_CONFIG_PASSPHRASE.
 */
export function withPlainSecrets(state: Deployment | undefined): Deployment | undefined {
  const salt = state?.deployment.secrets_providers?.state.salt;
  if (salt === undefined) {
    return state;
  }
  let secrets: Secrets | undefined; // to open them takes a while: only when there are any
  const text = JSON.stringify(state, (_key, inside: unknown) => {
    if (typeof inside !== "object" || inside === null || !("ciphertext" in inside)) {
      return inside;
    }
    const { ciphertext, ...rest } = inside as { ciphertext: string };
    secrets ??= Secrets.open(process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "", salt);
    return { ...rest, plaintext: secrets.decrypt(ciphertext) };
  });
  return JSON.parse(text) as Deployment;
}
