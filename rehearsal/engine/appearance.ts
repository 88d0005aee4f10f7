import pc from "picocolors";
import type { OperationType, StepMetadata } from "./events";
import { nameOf } from "./urn";

/** How a step is shown. */
export interface Appearance {
  sign: string;
  paint: (text: string) => string;
  doing: string;
  done: string;
}

export const appearances: Record<OperationType, Appearance> = {
  same: { sign: " ", paint: String, doing: "", done: "unchanged" },
  create: { sign: "+", paint: pc.green, doing: "create", done: "created" },
  update: { sign: "~", paint: pc.yellow, doing: "update", done: "updated" },
  replace: { sign: "+-", paint: pc.magenta, doing: "replace", done: "replaced" },
  "create-replacement": { sign: "++", paint: pc.green, doing: "create replacement", done: "created replacement" },
  "delete-replaced": { sign: "--", paint: pc.red, doing: "delete original", done: "deleted original" },
  delete: { sign: "-", paint: pc.red, doing: "delete", done: "deleted" },
  read: { sign: ">", paint: pc.cyan, doing: "read", done: "read" },
  "read-replacement": { sign: ">>", paint: pc.magenta, doing: "read replacement", done: "read replacement" },
  discard: { sign: "<", paint: pc.red, doing: "discard", done: "discarded" },
  "discard-replaced": { sign: "<<", paint: pc.red, doing: "discard original", done: "discarded original" },
  "remove-pending-replace": { sign: "~", paint: pc.red, doing: "complete replace", done: "completed replace" },
  import: { sign: "=", paint: pc.green, doing: "import", done: "imported" },
  "import-replacement": { sign: "=>", paint: pc.magenta, doing: "import replacement", done: "imported replacement" },
  refresh: { sign: "~", paint: pc.yellow, doing: "refresh", done: "refreshed" },
};

/** The resource of a step by type and name. */
export function label({ type, urn }: StepMetadata): string {
  return `${pc.dim(type)} ${nameOf(urn)}`;
}
