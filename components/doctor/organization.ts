import { finding, type Finding } from "./finding";
import type { DoctorContext } from "./context";
import { unlessUntold } from "./untold";

/** Whether the caller's account belongs to an organization, and which account manages it. */
export function organization(context: DoctorContext): Promise<readonly Finding[]> {
  return unlessUntold("organization", async () => {
    const { account } = await context.caller();
    const managementAccountId = await context.managementAccountId();
    return [
      managementAccountId === undefined
        ? finding("organization", {
            state: "not ready",
            seen: `account ${account} belongs to no organization`,
            toDo: "ask with credentials of the organization's management account; where there is none, make one in AWS Organizations",
          })
        : finding("organization", {
            state: "ready",
            seen: `the management account is ${managementAccountId}${account === managementAccountId ? ", the caller's" : ""}`,
          }),
    ];
  });
}
