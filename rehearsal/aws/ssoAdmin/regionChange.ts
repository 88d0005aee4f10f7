import type { Instance } from "../contents";
import { beginning } from "../identifiers";
import { isOver } from "../progress";
import type { Output, Request } from "../service";

/** Somebody looks at the instance's Regions: that is how time passes for one that is being added or removed. */
export function pollRegionChange(instance: Instance, request: Request): void {
  const { regionChange } = instance;
  if (regionChange === undefined || !isOver(regionChange, request)) return;
  const { region, status } = regionChange;
  const others = instance.additionalRegions.filter((each) => each !== region);
  instance.additionalRegions = status === "ADDING" ? [...others, region] : others;
  delete instance.regionChange;
}

/** The instance's Regions as they go over the wire, the primary one first. */
export function regionForms({ primaryRegion, additionalRegions, regionChange }: Instance): Output[] {
  const adding = regionChange?.status === "ADDING" ? [regionChange.region] : [];
  return [primaryRegion, ...additionalRegions, ...adding].map((region) => ({
    RegionName: region,
    Status: regionChange?.region === region ? regionChange.status : "ACTIVE",
    AddedDate: beginning,
    IsPrimaryRegion: region === primaryRegion,
  }));
}
