import type { DoctorContext } from "./context";
import { dependent, type Finding } from "./finding";

/** Whether identity-aware sessions are on. */
export async function switchOn(context: DoctorContext): Promise<readonly Finding[]> {
  const checked = await context.switch();
  return [checked === undefined ? dependent("switch", "instance") : checked.finding];
}
