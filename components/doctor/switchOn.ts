import { checkApplication } from "./application";
import { type CheckId, checkIds } from "./checkIds";
import type { DoctorContext } from "./context";
import { dependent, type Finding } from "./finding";

/** Whether identity-aware sessions are on, and the application behind them. */
export async function switchOn(context: DoctorContext): Promise<readonly Finding[]> {
  const checked = await context.switch();
  if (checked === undefined) {
    return [dependent("switch", "instance"), ...withoutApplication("instance")];
  }
  const { finding, applicationArn } = checked;
  return [
    finding,
    ...(applicationArn === undefined
      ? withoutApplication("switch")
      : await checkApplication(context.question.connection, applicationArn)),
  ];
}

function withoutApplication(on: CheckId): Finding[] {
  const ids = checkIds.filter((id) => /^application(-|$)/.test(id));
  return ids.map((id) => dependent(id, on));
}
