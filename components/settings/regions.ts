import { nearest } from "../../policy-pack/nearest";
import { defaultEnabledRegions, knownOptInRegions } from "../../policy-pack/regions";
import { text } from "./fields";
import { whole } from "./patterns";
import { lines, type Rule } from "./rules";

const known = [...defaultEnabledRegions, ...knownOptInRegions];

/** How many Regions an area may get before this program hears of them. */
const stillToCome = 3;

const direction = "(?:north|south)?(?:east|west)|north|south|central";
const form = whole(`([a-z]{2,}(?:-[a-z]+)?-(?:${direction}))-([1-9][0-9]?)`);

/** Regions of the partitions other than aws: cn-north-1, us-gov-west-1, us-iso-east-1, eu-isoe-west-1, eusc-de-east-1. */
const ofOtherPartition = /^(?:cn|us-gov|us-iso[a-z]?|eu-iso[a-z]?|eusc-[a-z]+)-/;

/**
 * Whether AWS has a Region of this name, or may have got one since: the names say an area and a direction, and a number that counts
 * up. So eu-west-4 may be a new Region, and neither us-esat-1 nor eu-west-9 is one.
 */
function isConceivableRegion(name: string): boolean {
  const [, area, number] = form.exec(name) ?? [];
  const numbers = known
    .filter((each) => each.slice(0, each.lastIndexOf("-")) === area)
    .map((each) => each.split("-").at(-1));
  return area !== undefined && Number(number) <= Math.max(0, ...numbers.map(Number)) + stillToCome;
}

/**
 * Whether an instance can have its primary Region there, so far as the name tells: a Region of partition aws that is newer than this
 * program has to be opted in to, like every one since 2019. Those that are known to be opt-in are refused once AWS is asked.
 */
function isConceivablePrimaryRegion(name: string): boolean {
  return known.includes(name) || (ofOtherPartition.test(name) && isConceivableRegion(name));
}

/** The name of a Region that is `conceivable`; of another one, the near ones among `choices` are told. */
function region(rule: Rule, conceivable: (name: string) => boolean, choices: readonly string[]) {
  return text(rule).refine((name) => name === "" || conceivable(name), {
    error: ({ input }) => {
      const near = nearest(String(input), choices);
      return lines({ ...rule, toDo: near.length > 0 ? `write ${near.join(" or ")}` : rule.toDo });
    },
  });
}

export const primaryRegion = region(
  {
    allowed: "the primary Region of the instance of IAM Identity Center, for example us-east-1",
    toDo: "run `pulumi config set aws:region us-east-1`, with your Region",
  },
  isConceivablePrimaryRegion,
  defaultEnabledRegions,
);

export const additionalRegion = region(
  { allowed: "the name of an AWS Region", toDo: "write for example eu-west-1" },
  isConceivableRegion,
  known,
);
