import type { InstanceMetadata } from "@aws-sdk/client-sso-admin";
import type { IdentityCenterReader } from "../aws/identityCenter";
import { refusal } from "../problem";

/** The instance that a stack is about. */
export interface ChosenInstance {
  readonly arn: string;
  /** What is known of it when it is not in the Region of the stack. */
  readonly elsewhere: InstanceMetadata | undefined;
}

/**
 * Chooses the instance that is meant: the one with the ARN, else the only one there is. Those of other Regions are looked at only
 * when there is none in the Region of the stack.
 *
 * @throws RunError when there is none, or there are several.
 */
export async function chooseInstance(
  identityCenter: IdentityCenterReader,
  region: string,
  chosenArn: string | undefined,
): Promise<ChosenInstance> {
  const here = await identityCenter.instances();
  const arn = chosenOf(arnsOf(here), chosenArn);
  if (arn !== undefined) {
    return { arn, elsewhere: undefined };
  }
  if (chosenArn === undefined && here.length > 0) {
    throw ambiguous(here);
  }
  const all = await identityCenter.instancesOfAllRegions();
  const seen = [...here, ...all.filter(({ InstanceArn = "" }) => !arnsOf(here).includes(InstanceArn))];
  const found = chosenOf(arnsOf(seen), chosenArn);
  const elsewhere = all.find(({ InstanceArn }) => InstanceArn === found);
  if (found !== undefined && elsewhere !== undefined) {
    return { arn: found, elsewhere };
  }
  if (seen.length === 0) {
    throw none(region);
  }
  throw chosenArn === undefined ? ambiguous(seen) : unknown(chosenArn, seen);
}

function arnsOf(instances: readonly InstanceMetadata[]): string[] {
  return instances.flatMap(({ InstanceArn }) => InstanceArn ?? []);
}

function chosenOf(arns: readonly string[], chosenArn: string | undefined): string | undefined {
  return chosenArn === undefined && arns.length === 1 ? arns[0] : arns.find((arn) => arn === chosenArn);
}

const notFound = "The instance of IAM Identity Center was not found";
const path = "identity-aware-sessions:instance.arn";

function none(region: string): Error {
  return refusal(notFound, [
    {
      path: "aws:region",
      found: `no instance of IAM Identity Center in ${region}`,
      allowed: "the primary Region of the organization's instance",
      toDo:
        "set aws:region to that Region; where the organization has no instance yet, enable IAM Identity Center in its management " +
        "account, in a Region that is enabled by default",
    },
  ]);
}

/** With their owners: an organization's instance is its management account's. */
function listed(instances: readonly InstanceMetadata[]): string {
  const texts = instances.map(({ InstanceArn = "", OwnerAccountId: owner }) => {
    return owner === undefined ? InstanceArn : `${InstanceArn} (of account ${owner})`;
  });
  return texts.join(", ");
}

function ambiguous(seen: readonly InstanceMetadata[]): Error {
  return refusal(notFound, [
    {
      path,
      found: `nothing, and ${seen.length} instances`,
      allowed: `one of ${listed(seen)}`,
      toDo: "set it to the ARN of the organization's instance, which is the management account's",
    },
  ]);
}

function unknown(chosenArn: string, seen: readonly InstanceMetadata[]): Error {
  return refusal(notFound, [
    {
      path,
      found: chosenArn,
      allowed: `one of ${listed(seen)}`,
      toDo: "correct it, or set aws:region to the primary Region of that instance",
    },
  ]);
}
