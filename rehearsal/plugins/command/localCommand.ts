import { randomBytes } from "node:crypto";
import { type ChangeKind, changedPaths, equal } from "../propertyDiff";
import { containsUnknown, type PropertyMap, unknownValue, withoutNulls } from "../propertyValues";
import type {
  Call,
  CheckRequest,
  CheckResult,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  ReadRequest,
  ResourceType,
  UpdateRequest,
} from "../providerPlugin";
import { toInputs, toState, validate } from "./commandInputs";
import { run } from "./run";

const noOutput = { stdout: "", stderr: "" };

/** command:local:Command: its outputs are its inputs, stdout and stderr. */
export const localCommand: ResourceType = {
  check({ news }: CheckRequest): CheckResult {
    const inputs = withoutNulls(news);
    const failures = validate(inputs);
    return failures.length > 0 ? { failures } : { inputs };
  },

  /**
   * A change replaces only when the triggers come or go as a whole; that a change inside them does as well is an option
   * (`replaceOnChanges`) that the package's resource class passes to the engine.
   */
  diff({ oldInputs, oldOutputs, news, ignoreChanges }: DiffRequest): DiffResult {
    const detailedDiff = new Map<string, ChangeKind | `${ChangeKind}-replace`>();
    for (const [path, kind] of changedPaths(oldInputs, ignoring(ignoreChanges, news, oldOutputs))) {
      detailedDiff.set(path, path === "triggers" ? `${kind}-replace` : kind);
    }
    const diffs = [...new Set([...detailedDiff.keys()].map((path) => path.replace(/[.[].*$/, "")))];
    const replaces = detailedDiff.has("triggers") ? ["triggers"] : [];
    return { changes: detailedDiff.size > 0 ? "some" : "none", diffs, replaces, detailedDiff };
  },

  async create({ urn, inputs, preview }: CreateRequest, call: Call): Promise<{ id: string; outputs: PropertyMap }> {
    const id = urn.slice(urn.lastIndexOf("::") + 2) + randomBytes(4).toString("hex");
    if (preview) {
      return { id, outputs: { ...inputs, stdout: unknownValue, stderr: unknownValue } };
    }
    const command = toInputs(inputs);
    const output = command.create === undefined ? noOutput : await run(command.create, command, noOutput, call);
    return { id, outputs: { ...inputs, ...output } };
  },

  /** There is nothing to look at: a command is what it was. */
  read({ inputs, outputs }: ReadRequest): Promise<{ inputs: PropertyMap; outputs: PropertyMap }> {
    return Promise.resolve({ inputs, outputs });
  },

  async update({ oldOutputs, news, ignoreChanges, preview }: UpdateRequest, call: Call): Promise<PropertyMap> {
    const inputs = ignoring(ignoreChanges, news, oldOutputs);
    const previous = toState(oldOutputs);
    const { stdout, stderr } = previous;
    if (preview) {
      const output = printsAnew(oldOutputs, inputs) ? unknownValue : undefined;
      return { ...inputs, stdout: output ?? stdout, stderr: output ?? stderr };
    }
    const command = toInputs(inputs);
    const line = command.update ?? command.create;
    const output = line === undefined ? { stdout, stderr } : await run(line, command, previous, call);
    return { ...inputs, ...output };
  },

  async delete({ outputs }: DeleteRequest, call: Call): Promise<void> {
    const state = toState(outputs);
    if (state.delete !== undefined) {
      await run(state.delete, state, state, call);
    }
  },
};

/** The new inputs, where changes are to be ignored with the values of the state. */
function ignoring(ignoreChanges: string[], news: PropertyMap, state: PropertyMap): PropertyMap {
  const kept = ignoreChanges.filter((key) => state[key] !== undefined);
  return { ...news, ...Object.fromEntries(kept.map((key) => [key, state[key] ?? null])) };
}

/** Whether a preview can't tell the output: an input is unknown or has changed. One that is new does not count. */
function printsAnew(state: PropertyMap, inputs: PropertyMap): boolean {
  return (
    containsUnknown(inputs) ||
    Object.entries(state).some(([key, value]) => !(key in noOutput) && !equal(value, inputs[key]))
  );
}
