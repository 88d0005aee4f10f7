import type { ResourceState } from "./resourceState";
import { nameOf } from "./urn";

/** Ends an operation of whose failure everything has been said. */
export class Bail extends Error {}

/** The user has stopped the operation before the step was begun. */
export class Interrupted extends Bail {}

/** What a provider has against the inputs of a resource, a message each, in Pulumi's words (sdk/go/common/diag/errors.go). */
export class CheckFailed extends Error {
  readonly messages: readonly string[];

  constructor({ type, urn, inputs }: ResourceState, failures: readonly { property: string; reason: string }[]) {
    const messages = failures.map(({ property, reason }) => {
      const value = property === "" ? "" : `: property ${property} value {${JSON.stringify(inputs[property] ?? null)}}`;
      return `${type} resource '${nameOf(urn)}'${value} has a problem: ${reason}`;
    });
    super(messages.join("\n"));
    this.messages = messages;
  }
}

/** A failed step of a preview, as Pulumi tells it. */
export function asPreviewFailure(error: unknown): unknown {
  if (error instanceof Error && !(error instanceof Bail)) {
    error.message = `Preview failed: ${error.message}`;
  }
  return error;
}

/** What to tell the user of a failure: nothing, where all has been said. */
export function messagesOf(error: unknown): readonly string[] {
  if (error instanceof Bail) {
    return [];
  }
  return error instanceof CheckFailed ? error.messages : [(error as Error).message];
}
