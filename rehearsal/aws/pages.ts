import { z } from "zod";
import { AwsError } from "./awsError";
import { digitsOf } from "./identifiers";

/** The members that an operation which answers in pages takes; `maximum` is the most that AWS allows on one. */
export const pageInput = (maximum: number) => ({
  MaxResults: z.int().min(1).max(maximum).default(maximum),
  NextToken: z.string().optional(),
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
  return end < all.length ? { ...items, NextToken: Buffer.from(`${source} ${end}`).toString("base64url") } : items;
}

function positionOf(token: string, source: string, invalidToken: string): number {
  const [from, position] = Buffer.from(token, "base64url").toString().split(" ");
  if (from === source && position !== undefined && /^\d+$/.test(position)) return Number(position);
  throw new AwsError(invalidToken, "The NextToken is not one that this operation gave for this input.");
}
