import { doubt, type Verdict } from "./verdict";

interface Address {
  /** 32 or 128 of them, each "0" or "1". */
  readonly bits: string;
}

/**
 * Whether an IPv4 or IPv6 address lies in a range, "203.0.113.0/24" or "2001:db8::/32", or is the address given instead
 * of one. Bits of the range after its prefix do not count. Addresses of different families never match.
 *
 * A range without its prefix is one address. The guide says that the prefix is then /32, whatever the family; what this
 * would mean for IPv6 is in doubt.
 *
 * Sources: IAM User Guide, "IAM JSON policy elements: Condition operators", on IP addresses; "IAM policy validation
 * check reference" (improve IP range).
 */
export function liesInRange(address: string, range: string): Verdict {
  const [network = "", prefix, ...rest] = range.split("/");
  const given = parseAddress(address);
  const from = parseAddress(network);
  if (given === undefined) {
    return doubt(`"${address}" is not an IP address`);
  }
  if (from === undefined || rest.length > 0 || !isPrefix(prefix, from)) {
    return doubt(`"${range}" is not a range of IP addresses`);
  }
  if (given.bits.length !== from.bits.length) {
    return false;
  }
  if (prefix !== undefined) {
    return startsAlike(given, from, Number(prefix));
  }
  if (startsAlike(given, from, from.bits.length)) {
    return true;
  }
  return startsAlike(given, from, 32) && doubt(`"${range}" states no prefix, and AWS documents /32 for it`);
}

function isPrefix(prefix: string | undefined, { bits }: Address): boolean {
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits.length);
}

function startsAlike(one: Address, other: Address, length: number): boolean {
  return one.bits.slice(0, length) === other.bits.slice(0, length);
}

function parseAddress(text: string): Address | undefined {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | undefined {
  const bytes = text.split(".");
  const isAddress = bytes.length === 4 && bytes.every((byte) => /^(0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256);
  return isAddress ? { bits: bytes.map((byte) => toBits(Number(byte), 8)).join("") } : undefined;
}

/** The platform's URL parser knows every way to write one, and answers with the canonical one. */
function parseV6(text: string): Address | undefined {
  if (!URL.canParse(`http://[${text}]/`)) {
    return undefined;
  }
  const [head = "", tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split("::");
  const before = groups(head);
  const after = groups(tail ?? "");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return { bits: [...before, ...zeros, ...after].map((group) => toBits(group, 16)).join("") };
}

function groups(text: string): readonly number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

function toBits(value: number, length: number): string {
  return value.toString(2).padStart(length, "0");
}
