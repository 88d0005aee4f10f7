import { DoctorContext, type Question } from "./context";
import { examine, type OnProgress } from "./examine";
import { messageAbout } from "./message";
import type { Report } from "./reportSchema";
import { verdict } from "./verdict";

/**
 * Everything the doctor says.
 *
 * @throws only what is a fault of this program
 */
export async function report(question: Question, onProgress?: OnProgress): Promise<Report> {
  const context = new DoctorContext(question);
  const findings = await examine(context, onProgress);
  const message = await messageAbout(context, findings);
  return {
    schemaVersion: 1,
    ...verdict(findings),
    region: question.connection.region,
    findings: [...findings],
    ...(message !== undefined && { message }),
  };
}
