import { isObject, type PropertyMap, type PropertyValue, withoutSecrets } from "../propertyValues";
import {
  type Call,
  type CheckRequest,
  type CheckResult,
  type CreateRequest,
  type DeleteRequest,
  type DiffRequest,
  type DiffResult,
  type ReadRequest,
  ResourceInitFailed,
  type ResourceType,
  type UpdateRequest,
} from "../providerPlugin";
import { withName } from "./autoNaming";
import { actualInputs, secretsLike, withWriteOnly, writableOutputs } from "./baseline";
import { propertiesToCfn, propertiesToSdk, toCfn, toCfnName } from "./cfnNames";
import { checkpoint, inputsOf } from "./checkpoint";
import type { CloudControl, PatchOperation } from "./cloudControl";
import { OperationFailed } from "./completion";
import { inputChanges } from "./inputChanges";
import { previewOutputs } from "./previewOutputs";
import type { ResourceSpec } from "./typeSpec";
import { validate } from "./validation";

/** A resource of aws-native: everything it does follows from its type's spec and AWS Cloud Control. */
export class CloudControlResource implements ResourceType {
  constructor(
    private readonly spec: ResourceSpec,
    private readonly cloudControl: () => CloudControl,
  ) {}

  check(request: CheckRequest): CheckResult {
    const inputs = withName(this.spec, filled(request.news), request);
    const failures = validate(this.spec, inputs);
    return failures.length > 0 ? { failures } : { inputs };
  }

  /** Says only whether anything differs: what, and whether it replaces, the engine finds in the inputs. */
  diff({ oldOutputs, news }: DiffRequest): DiffResult {
    return this.changes(oldOutputs, news).length === 0
      ? { changes: "none" }
      : { changes: "unknown", deleteBeforeReplace: true };
  }

  async create({ inputs, preview }: CreateRequest, call: Call): Promise<{ id: string; outputs: PropertyMap }> {
    if (preview) {
      return { id: "", outputs: previewOutputs(this.spec, inputs) };
    }
    const { cfnType, properties } = this.spec;
    const desiredState = propertiesToCfn(properties, plain(inputs));
    let id: string;
    try {
      id = await this.cloudControl().create(cfnType, desiredState, call);
    } catch (error) {
      throw await this.creationError(error, inputs, call);
    }
    const model = await this.cloudControl().readNew(cfnType, id, call);
    return { id, outputs: this.outputs(inputs, model) };
  }

  async read(
    { id, outputs }: ReadRequest,
    call: Call,
  ): Promise<{ inputs: PropertyMap; outputs: PropertyMap } | undefined> {
    const model = await this.cloudControl().read(this.spec.cfnType, id, call);
    if (model === undefined) {
      return undefined;
    }
    const state = propertiesToSdk(this.spec.properties, model);
    const oldInputs = inputsOf(outputs);
    if (oldInputs === undefined) {
      const inputs = writableOutputs(this.spec, state);
      return { inputs, outputs: checkpoint(inputs, state) };
    }
    const inputs = this.refreshed(oldInputs, state);
    const whole = secretsLike(withWriteOnly(this.spec, state, oldInputs), oldInputs);
    return { inputs, outputs: checkpoint(inputs, whole) };
  }

  async update({ id, oldOutputs, news, preview }: UpdateRequest, call: Call): Promise<PropertyMap> {
    if (preview) {
      return previewOutputs(this.spec, news, oldOutputs);
    }
    const { cfnType } = this.spec;
    await this.cloudControl().update(cfnType, id, this.patch(oldOutputs, news), call);
    const model = await this.cloudControl().read(cfnType, id, call);
    if (model === undefined) {
      throw new Error(`reading resource state: ${cfnType} ${id} is gone`);
    }
    return this.outputs(news, model);
  }

  async delete({ id }: DeleteRequest, call: Call): Promise<void> {
    await this.cloudControl().delete(this.spec.cfnType, id, call);
  }

  /** What is kept of a resource that was made or changed. */
  private outputs(inputs: PropertyMap, model: PropertyMap): PropertyMap {
    return checkpoint(inputs, withWriteOnly(this.spec, propertiesToSdk(this.spec.properties, model), inputs));
  }

  /** What the program wants changed in the resource as it is in the state, drift included. */
  private changes(oldOutputs: PropertyMap, news: PropertyMap) {
    const oldInputs = inputsOf(oldOutputs) ?? {};
    return inputChanges(this.spec, actualInputs(this.spec, oldInputs, oldOutputs, news), news, oldInputs);
  }

  /** With what AWS does not know any more, for the resource to be whole again. */
  private patch(oldOutputs: PropertyMap, news: PropertyMap): PatchOperation[] {
    const changes = this.changes(oldOutputs, news);
    const unsaid = Object.entries(withWriteOnly(this.spec, {}, news))
      .filter(([name]) => changes.every((change) => change.name !== name))
      .map(([name, value]) => ({ name, kind: "add" as const, value }));
    return [...changes, ...unsaid]
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, kind, value }) => {
        const path = `/${toCfnName(name)}`;
        const spec = this.spec.properties[name];
        if (kind === "delete" || spec === undefined) {
          return { op: "remove", path };
        }
        return { op: kind === "add" ? "add" : "replace", path, value: toCfn(spec, withoutSecrets(value)) };
      });
  }

  /** The inputs as AWS has them now; what differs in form only stays as the program wrote it. */
  private refreshed(oldInputs: PropertyMap, state: PropertyMap): PropertyMap {
    const actual = actualInputs(this.spec, oldInputs, state, oldInputs);
    const inputs = { ...oldInputs };
    for (const { name, kind, value } of inputChanges(this.spec, oldInputs, actual, oldInputs)) {
      if (kind === "delete") {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
        delete inputs[name];
      } else {
        inputs[name] = value;
      }
    }
    return inputs;
  }

  /** A creation that failed half-way leaves a resource that belongs in the state. */
  private async creationError(error: unknown, inputs: PropertyMap, call: Call): Promise<Error> {
    const { message } = error as Error;
    if (!(error instanceof OperationFailed) || error.event.Identifier === undefined) {
      return new Error(`creating resource: creating resource: ${message}`, { cause: error });
    }
    const id = error.event.Identifier;
    if (error.event.ErrorCode === "AlreadyExists") {
      return new Error(`creating resource: ${message}`, { cause: error });
    }
    const model = await this.cloudControl()
      .read(this.spec.cfnType, id, call)
      .catch(() => undefined);
    if (model === undefined) {
      return new Error(`creating resource: creating resource (await): ${message}`, { cause: error });
    }
    return new ResourceInitFailed(message, id, this.outputs(inputs, model), inputs);
  }
}

function plain(inputs: PropertyMap): PropertyMap {
  return withoutSecrets(inputs) as PropertyMap;
}

/** Without nulls, and without objects that hold nothing else: a program leaves out a value by giving none. */
function filled(map: PropertyMap): PropertyMap {
  const kept: PropertyMap = {};
  for (const [key, value] of Object.entries(map)) {
    const item = filledValue(value);
    if (item !== null) {
      kept[key] = item;
    }
  }
  return kept;
}

function filledValue(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) {
    return value.map(filledValue).filter((item) => item !== null);
  }
  if (!isObject(value) || Object.keys(value).length === 0) {
    return value;
  }
  const kept = filled(value);
  return Object.keys(kept).length === 0 ? null : kept;
}
