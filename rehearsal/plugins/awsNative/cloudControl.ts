import { randomUUID } from "node:crypto";
import {
  CloudControlClient,
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  ResourceNotFoundException,
  UpdateResourceCommand,
} from "@aws-sdk/client-cloudcontrol";
import type { ClientConfiguration } from "../awsConfiguration";
import { operationError } from "../awsError";
import type { PropertyMap } from "../propertyValues";
import type { Call } from "../providerPlugin";
import { backoff } from "./backoff";
import { completed, OperationFailed } from "./completion";

const readsOfNewResource = 5;

export interface PatchOperation {
  op: "add" | "replace" | "remove";
  path: string;
  value?: unknown;
}

/** AWS Cloud Control with its asynchronous operations as promises and models in CloudFormation's spelling. */
export class CloudControl {
  private readonly client: CloudControlClient;

  constructor(configuration: ClientConfiguration) {
    this.client = new CloudControlClient(configuration);
  }

  /**
   * @returns the identifier of the new resource.
   * @throws OperationFailed, whose event names the resource when it exists nevertheless.
   */
  async create(typeName: string, desiredState: PropertyMap, call: Call): Promise<string> {
    const event = await completed(this.client, "CreateResource", call, () =>
      this.client.send(
        new CreateResourceCommand({
          TypeName: typeName,
          DesiredState: JSON.stringify(desiredState),
          ClientToken: randomUUID(),
        }),
        { abortSignal: call.signal },
      ),
    );
    if (event.Identifier === undefined) {
      throw new Error(`Cloud Control created a ${typeName}, but did not say which`);
    }
    return event.Identifier;
  }

  /** @returns undefined when there is no such resource. */
  async read(typeName: string, identifier: string, call: Call): Promise<PropertyMap | undefined> {
    try {
      const { ResourceDescription } = await this.client.send(
        new GetResourceCommand({ TypeName: typeName, Identifier: identifier }),
        { abortSignal: call.signal },
      );
      if (ResourceDescription?.Properties === undefined) {
        throw new Error(`the answer for ${typeName} ${identifier} has no properties`);
      }
      return JSON.parse(ResourceDescription.Properties) as PropertyMap;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw operationError("CloudControl", "GetResource", error);
    }
  }

  /** Reads what was just created, which AWS may not show everywhere at once. */
  async readNew(typeName: string, identifier: string, call: Call): Promise<PropertyMap> {
    for (let attempt = 0; attempt < readsOfNewResource; attempt++) {
      const found = await this.read(typeName, identifier, call);
      if (found !== undefined) {
        return found;
      }
      await backoff(attempt, call.signal);
    }
    throw new Error(`${typeName} ${identifier} was created, but can't be found`);
  }

  async update(typeName: string, identifier: string, patch: PatchOperation[], call: Call): Promise<void> {
    await completed(this.client, "UpdateResource", call, () =>
      this.client.send(
        new UpdateResourceCommand({
          TypeName: typeName,
          Identifier: identifier,
          PatchDocument: JSON.stringify(patch),
          ClientToken: randomUUID(),
        }),
        { abortSignal: call.signal },
      ),
    );
  }

  /** Is content when the resource is gone already. */
  async delete(typeName: string, identifier: string, call: Call): Promise<void> {
    try {
      await completed(this.client, "DeleteResource", call, () =>
        this.client.send(
          new DeleteResourceCommand({ TypeName: typeName, Identifier: identifier, ClientToken: randomUUID() }),
          { abortSignal: call.signal },
        ),
      );
    } catch (error) {
      if (!(error instanceof OperationFailed && error.event.ErrorCode === "NotFound")) {
        throw error;
      }
    }
  }
}
