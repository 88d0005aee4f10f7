import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import type { Callbacks } from "./callbacks";
import { type PropertyMap, toStruct } from "./propertyValues";
import type { HookType, ResourceState } from "./resourceState";
import { nameOf } from "./urn";

interface Hook {
  callback: Callback;
  onDryRun: boolean;
  ignoreErrors: boolean;
}

/** The properties a hook is told of, as far as there are any at its point. */
export interface HookProperties {
  newInputs?: PropertyMap;
  oldInputs?: PropertyMap;
  newOutputs?: PropertyMap;
  oldOutputs?: PropertyMap;
}

// Pulumi's own limit (deploy.maxErrorHookRetries).
const maxRetries = 100;

/** The hooks that the program has registered, by the names under which resources have them (deploy.ResourceHooks). */
export class ResourceHooks {
  private readonly hooks = new Map<string, Hook>();
  private readonly errorHooks = new Map<string, Callback>();

  constructor(
    private readonly callbacks: Callbacks,
    private readonly preview: boolean,
    private readonly warn: (message: string, urn: string) => void,
  ) {}

  register(name: string, hook: Hook): void {
    this.refuseTaken(name);
    this.hooks.set(name, hook);
  }

  registerErrorHook(name: string, callback: Callback): void {
    this.refuseTaken(name);
    this.errorHooks.set(name, callback);
  }

  /** @throws Error when a hook fails that does not ask for its errors to be ignored, or when there is none of its name. */
  async run(type: Exclude<HookType, "OnError">, resource: ResourceState, properties: HookProperties): Promise<void> {
    for (const name of resource.resourceHooks?.[type] ?? []) {
      const hook = this.hooks.get(name);
      if (hook === undefined) {
        throw new Error(`hook "${name}" was not registered`);
      }
      if (this.preview && !hook.onDryRun) {
        continue;
      }
      const request = about(resource, new proto.ResourceHookRequest())
        .setNewInputs(struct(properties.newInputs))
        .setOldInputs(struct(properties.oldInputs))
        .setNewOutputs(struct(properties.newOutputs))
        .setOldOutputs(struct(properties.oldOutputs));
      const answer = await this.callbacks.invoke(hook.callback, request).catch((error: unknown) => error as Error);
      const failure =
        answer instanceof Error ? answer.message : proto.ResourceHookResponse.deserializeBinary(answer).getError();
      if (failure === "") {
        continue;
      }
      if (!hook.ignoreErrors) {
        throw new Error(`${type.startsWith("Before") ? "before" : "after"} hook "${name}" failed: ${failure}`);
      }
      this.warn(`${type} hook "${name}" failed: ${failure}`, resource.urn);
    }
  }

  /** Does what may fail, again for as long as one of the resource's error hooks asks for it. */
  async retrying(
    operation: "create" | "update" | "delete",
    resource: ResourceState,
    properties: HookProperties,
    act: () => Promise<void>,
  ): Promise<void> {
    for (const failures: string[] = []; ;) {
      try {
        await act();
        return;
      } catch (error) {
        failures.unshift((error as Error).message);
        if (failures.length >= maxRetries) {
          this.warn(`maximum number of error hook retries (${maxRetries}) reached`, resource.urn);
          throw error;
        }
        if (!(await this.shouldRetry(operation, resource, properties, failures))) {
          throw error;
        }
        const times = `${failures.length}/${maxRetries}`;
        this.warn(`retrying ${operation} due to on-error hook request (${times})`, resource.urn);
      }
    }
  }

  private async shouldRetry(
    operation: string,
    resource: ResourceState,
    properties: HookProperties,
    failures: string[],
  ): Promise<boolean> {
    let retry = false;
    for (const name of resource.resourceHooks?.OnError ?? []) {
      const callback = this.errorHooks.get(name);
      if (callback === undefined) {
        throw new Error(`error hook "${name}" was not registered`);
      }
      const request = about(resource, new proto.ErrorHookRequest())
        .setNewInputs(struct(properties.newInputs))
        .setOldInputs(struct(properties.oldInputs))
        .setOldOutputs(struct(properties.oldOutputs))
        .setFailedOperation(operation)
        .setErrorsList(failures);
      const response = proto.ErrorHookResponse.deserializeBinary(await this.callbacks.invoke(callback, request));
      if (response.getError() !== "") {
        throw new Error(`error hook "${name}" failed: ${response.getError()}`);
      }
      retry ||= response.getRetry();
    }
    return retry;
  }

  private refuseTaken(name: string): void {
    if (name === "") {
      throw new Error("resource hook name cannot be empty");
    }
    if (this.hooks.has(name) || this.errorHooks.has(name)) {
      throw new Error(`resource hook already registered for name "${name}"`);
    }
  }
}

interface AboutResource {
  setUrn: (urn: string) => unknown;
  setId: (id: string) => unknown;
  setName: (name: string) => unknown;
  setType: (type: string) => unknown;
}

function about<Request extends AboutResource>({ id, type, urn }: ResourceState, request: Request): Request {
  request.setUrn(urn);
  request.setId(id ?? "");
  request.setName(nameOf(urn));
  request.setType(type);
  return request;
}

function struct(properties: PropertyMap | undefined) {
  return properties === undefined ? undefined : toStruct(properties);
}
