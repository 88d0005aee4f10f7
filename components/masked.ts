/** What credentials look like, wherever they stand in a text: each is replaced as a whole. */
const credentials = [
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}/g, // access key ids of AWS
  /(?<![A-Za-z0-9+/=])(?=[A-Z0-9+/]{0,39}[a-z])(?=[a-z0-9+/]{0,39}[A-Z])(?=[A-Za-z+/]{0,39}[0-9])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g, // secret access keys
  /(?=[A-Z0-9+/=_-]{0,99}[a-z])(?=[a-z0-9+/=_-]{0,99}[A-Z])(?=[A-Za-z+/=_-]{0,99}[0-9])[A-Za-z0-9+/=_-]{100,}/g, // session tokens
  /\beyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]*)?/g, // JSON web tokens
  /-----BEGIN [A-Z ]+-----[^]*/g, // private keys
  /\b(?:gh[a-z]_|github_pat_|glpat-|pul-|xox[a-z]-)[\w-]{16,}/g, // tokens of services whose prefix tells them
];

const secretWord = "secret|passw(?:or)?d|passphrase|token|credential|private[_-]?key|access[_-]?key|api[_-]?key";
const secretKey = new RegExp(secretWord, "i");

/** What AWS and its SDK call errors: behind these names stands what is wrong, and no secret. */
const errorName = "\\w*(?:Error|Exception)|(?:Expired|Invalid)Token|InvalidClientTokenId|InvalidAccessKeyId";

/** password=..., "secretKey": "..." and the like; only what stands behind it is replaced. */
const named = new RegExp(
  `(?<![\\w-])(?!(?:${errorName}): )([\\w-]*(?:${secretWord})[\\w-]*\\\\?["']?\\s*[:=]\\s*)(?:\\\\?"(?:[^"\\\\]|\\\\.)*(?:"|$)|'[^']*(?:'|$)|[^\\s,}\\]"']+)`,
  "gi",
);

const mask = "***";

/** The text with everything that looks like a credential replaced: what is wrong with a stack must not tell its secrets. */
export function masked(text: string): string {
  const withoutValues = text.replace(named, `$1${mask}`).replace(/(:\/\/[^\s/:@]*:)[^\s/@]+@/g, `$1${mask}@`);
  return credentials.reduce((rest, credential) => rest.replace(credential, mask), withoutValues);
}

/** The value as JSON, masked, as is everything under a key whose name promises a secret. */
export function maskedJson(value: unknown): string {
  const text = JSON.stringify(value, (key, inside: unknown) => (secretKey.test(key) ? mask : inside)) as
    string | undefined;
  return masked(text ?? String(value));
}
