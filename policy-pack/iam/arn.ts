/**
 * The up to six parts of an ARN, arn:partition:service:region:account:resource; colons after the fifth belong to the
 * resource. Takes the ARN as a list of characters, or of a pattern's tokens.
 *
 * Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
 */
export function arnParts<Part>(arn: readonly Part[]): readonly (readonly Part[])[] {
  const parts: Part[][] = [[]];
  for (const each of arn) {
    if (each === ":" && parts.length < 6) {
      parts.push([]);
    } else {
      parts.at(-1)?.push(each);
    }
  }
  return parts;
}
