import { z } from "zod";
import { AwsError } from "../awsError";

/** The members that an operation of IAM which answers in pages takes. */
export const markedPageInput = {
  MaxItems: z.coerce.number().int().min(1).max(1000).default(100),
  Marker: z.string().min(1).optional(),
};

interface MarkedPageInput {
  MaxItems: number;
  Marker?: string | undefined;
}

/**
 * One page of a list under its name in the answer, with IsTruncated, and Marker when there is another page.
 * @param atMost what a page holds even when MaxItems asks for more, as AWS says that it may.
 */
export function markedPage<Name extends string, T>(
  name: Name,
  all: readonly T[],
  { MaxItems, Marker }: MarkedPageInput,
  atMost = MaxItems,
): Record<string, unknown> & Record<Name, T[]> {
  const start = Marker === undefined ? 0 : positionOf(Marker);
  const end = start + Math.min(MaxItems, atMost);
  const truncated = end < all.length;
  const items = { [name]: all.slice(start, end) } as Record<Name, T[]>;
  return {
    ...items,
    IsTruncated: truncated,
    ...(truncated && { Marker: Buffer.from(`after ${end}`).toString("base64") }),
  };
}

function positionOf(marker: string): number {
  const position = /^after (\d+)$/.exec(Buffer.from(marker, "base64").toString())?.[1];
  if (position === undefined) throw new AwsError("ValidationError", "Invalid Marker.");
  return Number(position);
}
