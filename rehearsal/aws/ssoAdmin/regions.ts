import { z } from "zod";
import { AwsError } from "../awsError";
import type { Instance } from "../contents";
import { page, pageInput } from "../pages";
import { wait } from "../progress";
import { find, operation, type Operation, type Request } from "../service";
import { instanceArn, isOrganizationInstance, readableInstance, requireAdministrator } from "./instance";
import { pollRegionChange, regionForms } from "./regionChange";

/** IAM Identity Center's quota, the primary Region included. */
const mostRegions = 6;

const region = {
  InstanceArn: instanceArn,
  RegionName: z
    .string()
    .max(32)
    .regex(/^([a-z]+-){2,3}\d$/, "must be a Region's name"),
};

/**
 * The Regions that an instance is replicated to. What they need is the user guide's: an organization instance, a multi-Region
 * customer managed key, and calls to its primary Region. Local AWS's own choices: ValidationException where they lack it, and
 * ConflictException for a Region that is there already and while another one is being added or removed.
 */
export const regions: Record<string, Operation> = {
  ListRegions: operation("reads", z.object({ InstanceArn: instanceArn, ...pageInput(100) }), (input, request) => {
    const instance = readableInstance(input.InstanceArn, request, "AccessDeniedException");
    pollRegionChange(instance, request);
    return page("Regions", regionForms(instance), input);
  }),
  DescribeRegion: operation("reads", z.object(region), (input, request) => {
    const instance = readableInstance(input.InstanceArn, request);
    pollRegionChange(instance, request);
    return find(
      regionForms(instance),
      ({ RegionName }) => RegionName === input.RegionName,
      () => missing(input.RegionName, instance),
    );
  }),
  AddRegion: operation("writes", z.object(region), (input, request) => {
    const instance = changeable(input.InstanceArn, request);
    if (instance.kmsKeyArn?.includes(":key/mrk-") !== true) {
      throw invalid("The instance must be encrypted with a multi-Region customer managed key.");
    }
    const { RegionName: region } = input;
    if ([instance.primaryRegion, ...instance.additionalRegions].includes(region)) {
      throw new AwsError("ConflictException", `The instance has ${region} already.`);
    }
    if (instance.additionalRegions.length + 1 >= mostRegions) {
      throw new AwsError("ServiceQuotaExceededException", `An instance has ${mostRegions} Regions at most.`);
    }
    return start(instance, region, "ADDING", request);
  }),
  RemoveRegion: operation("writes", z.object(region), (input, request) => {
    const instance = changeable(input.InstanceArn, request);
    const { RegionName: region } = input;
    if (region === instance.primaryRegion) throw invalid("The primary Region cannot be removed.");
    if (!instance.additionalRegions.includes(region)) throw missing(region, instance);
    return start(instance, region, "REMOVING", request);
  }),
};

function changeable(arn: string, request: Request): Instance {
  const instance = readableInstance(arn, request, "AccessDeniedException");
  requireAdministrator(arn, request);
  if (!isOrganizationInstance(instance, request.contents)) {
    throw invalid("The operation is not supported for this Identity Center instance");
  }
  if (instance.primaryRegion !== request.region) throw invalid("The request must be made from the primary Region.");
  if (instance.regionChange !== undefined) {
    throw new AwsError("ConflictException", `${instance.regionChange.region} is still being added or removed.`);
  }
  return instance;
}

function start(
  instance: Instance,
  region: string,
  status: "ADDING" | "REMOVING",
  request: Request,
): { Status: string } {
  instance.regionChange = { region, status, ...wait(request) };
  instance.changed = true;
  return { Status: status };
}

function missing(region: string, { arn }: Instance): AwsError {
  return new AwsError("ResourceNotFoundException", `${arn} does not have the Region ${region}.`);
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
