import type { dynamic } from "@pulumi/pulumi";
import type { Safety } from "../safety";
import type { InstanceSettingsInputs } from "./wantedAndActual";

const path = "identity-aware-sessions:instance";

/** Regions that go from the list; of them those go from the instance that the stack added, which only its outputs tell. */
export function regionsObjections(
  { additionalRegions: before = [] }: Partial<InstanceSettingsInputs>,
  { additionalRegions: after = [] }: InstanceSettingsInputs,
  { protect, confirm }: Pick<Safety, "protect" | "confirm"> = { protect: true, confirm: [] },
): string[] {
  const gone = before.filter((region) => !after.includes(region));
  return gone.length === 0 || !protect || confirm.includes("additionalRegions")
    ? []
    : [
        `${path}.additionalRegions\n` +
          `  found:   no longer ${gone.join(", ")}: IAM Identity Center would end there for everybody, where this stack began it\n` +
          "  allowed: more Regions; fewer when it is confirmed, or while identity-aware-sessions:safety.protect is false\n" +
          `  to do:   bring back ${gone.join(", ")}, or confirm it: add additionalRegions to identity-aware-sessions:safety.confirm for this once`,
      ];
}

/** Attributes for access control that the stack would make, and that are somebody else's. */
export function attributesTaken(instanceArn: string): string {
  return (
    `${path}.accessControlAttributes\n` +
    `  found:   ${instanceArn}, which has attributes for access control that are not this stack's\n` +
    "  allowed: attributes where there are none, or the ones that are there, taken over: an instance has one configuration of them\n" +
    `  to do:   run \`pulumi config set --path ${path}.importAccessControlAttributes true\` to take them over, ` +
    "or remove accessControlAttributes to leave them alone"
  );
}

/** What `check` answers: its failures without a property, whose whole value Pulumi would print. */
export function checked<Inputs>(inputs: Inputs, reasons: readonly string[]): dynamic.CheckResult<Inputs> {
  return reasons.length === 0 ? { inputs } : { inputs, failures: reasons.map((reason) => ({ property: "", reason })) };
}
