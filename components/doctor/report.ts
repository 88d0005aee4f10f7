import { examine, type OnProgress } from "./examine";
import type { Question } from "./context";
import type { Report } from "./reportSchema";
import { verdict } from "./verdict";

/** Everything the doctor says. */
export async function report(question: Question, onProgress?: OnProgress): Promise<Report> {
  const findings = await examine(question, onProgress);
  return { schemaVersion: 1, ...verdict(findings), region: question.connection.region, findings: [...findings] };
}
