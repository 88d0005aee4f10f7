import { z } from "zod";
import { AwsError } from "./awsError";
import { digitsOf } from "./identifiers";

/** The members that an operation which answers in pages takes; `maximum` is the most that AWS allows on one. */
export const pageInput = (maximum: number) => ({
  MaxResults: z.int().min(1).max(maximum).default(maximum),
  NextToken: z
    .string()
    .max(2048)
    .regex(/^[-a-zA-Z0-9+=/_]*$/, "must be a token that this operation gave")
    .optional(),
});

interface PageInput {
  MaxResults: number;
  NextToken?: string | undefined;
}

/**
 * One page of a list, under the name that the answer has for it, and NextToken when there is another one. A token is opaque
 * and only good for the input that it came from.
 * @throws AwsError of type `invalidToken` for any other token
 */
export function page<Name extends string, T>(
  name: Name,
  all: readonly T[],
  { MaxResults: size, NextToken: token, ...list }: PageInput,
  invalidToken = "ValidationException",
): Record<Name, T[]> & { NextToken?: string } {
  const source = digitsOf(JSON.stringify([name, list]), 16);
  const start = token === undefined ? 0 : positionOf(token, source, invalidToken);
  const end = start + size;
  const items = { [name]: all.slice(start, end) } as Record<Name, T[]>;
  return end < all.length ? { ...items, NextToken: tokenFor(source, end) } : items;
}

/** Says which list it is of and how far it was read, and has a check: whoever makes one up is found out. */
function tokenFor(source: string, position: number): string {
  return Buffer.from(`${source} ${position} ${digitsOf(`page ${source} ${position}`, 16)}`).toString("base64url");
}

function positionOf(token: string, source: string, invalidToken: string): number {
  const position = Number(Buffer.from(token, "base64url").toString().split(" ")[1]);
  if (Number.isSafeInteger(position) && token === tokenFor(source, position)) return position;
  throw new AwsError(invalidToken, "The NextToken is not one that this operation gave for this input.");
}
