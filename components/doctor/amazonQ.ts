import { isSupportedByAmazonQ } from "../amazonQ/regions";
import type { DoctorContext } from "./context";
import { dependent, finding, type Finding } from "./finding";

/** Whether the people of the instance can have Amazon Q Developer Pro, which identity-aware sessions do without. */
export async function amazonQ(context: DoctorContext): Promise<readonly Finding[]> {
  const region = await context.instance().then(
    ({ facts }) => facts.primaryRegion,
    () => undefined,
  );
  if (region === undefined) {
    return [dependent("amazon-q", "instance")];
  }
  return [
    isSupportedByAmazonQ(region)
      ? finding("amazon-q", {
          state: "ready",
          seen: `Amazon Q Developer Pro is supported for users of IAM Identity Center in ${region}`,
        })
      : finding("amazon-q", {
          state: "note",
          seen: `Amazon Q Developer Pro is not supported for users of IAM Identity Center in ${region}: they have the Free tier at most`,
          toDo: "nothing, where the sessions are for something else; an instance cannot be moved to another Region",
        }),
  ];
}
