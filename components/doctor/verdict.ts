import type { Finding } from "./finding";
import type { Report } from "./reportSchema";

/** What all findings come to: what is known to be missing counts before what is not known. Only what is needed counts. */
export function verdict(findings: readonly Finding[]): Pick<Report, "status" | "exitCode"> {
  const has = (state: Finding["state"]) => findings.some((each) => each.needed && each.state === state);
  if (has("not ready")) {
    return { status: "not ready", exitCode: 1 };
  }
  return has("could not tell") ? { status: "could not tell", exitCode: 2 } : { status: "ready", exitCode: 0 };
}
