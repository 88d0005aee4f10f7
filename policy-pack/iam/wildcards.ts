/** One character that stands for itself, or a wildcard. */
export type Token = string | Wildcard;

export interface Wildcard {
  readonly stands: "for any text" | "for any character";
}

/** The asterisk: any characters, or none. Also what an unknown value is matched as. */
export const anyText: Wildcard = { stands: "for any text" };

const anyCharacter: Wildcard = { stands: "for any character" };

/** The tokens of a text in which every character stands for itself. */
export function literal(text: string): readonly string[] {
  return Array.from(text);
}

/**
 * The tokens of a text in which * stands for any combination of characters and ? for exactly one.
 *
 * Source: IAM User Guide, "IAM JSON policy elements: Resource", on wildcards in resource ARNs.
 */
export function pattern(text: string): readonly Token[] {
  return Array.from(text, (character) => {
    switch (character) {
      case "*":
        return anyText;
      case "?":
        return anyCharacter;
      default:
        return character;
    }
  });
}

/** The tokens in lower case; to be matched with a text that went through `lowerCase`. */
export function ignoringCase(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token): readonly Token[] => (typeof token === "string" ? literal(lowerCase(token)) : [token]));
}

/** Letter by letter, as toLowerCase treats some letters differently at the end of a word. */
export function lowerCase(text: string): string {
  return Array.from(text, (character) => character.toLowerCase()).join("");
}

/**
 * Whether the whole text is one that the tokens describe. In a time that grows with the product of the two lengths at
 * worst, as no pattern that somebody wrote into a policy should be able to stall who reads it.
 */
export function matches(tokens: readonly Token[], text: string): boolean {
  const characters = literal(text);
  let asterisk = -1; // the last one met: what it stands for grows when the rest does not fit
  let resumeAt = 0;
  let t = 0;
  for (let c = 0; c < characters.length;) {
    const token = tokens[t];
    if (isAnyText(token)) {
      asterisk = t++;
      resumeAt = c;
    } else if (token === characters[c] || isAnyCharacter(token)) {
      t++;
      c++;
    } else if (asterisk >= 0) {
      t = asterisk + 1;
      c = ++resumeAt;
    } else {
      return false;
    }
  }
  return tokens.slice(t).every(isAnyText);
}

function isAnyText(token: Token | undefined): boolean {
  return token === anyText;
}

function isAnyCharacter(token: Token | undefined): boolean {
  return token === anyCharacter;
}
