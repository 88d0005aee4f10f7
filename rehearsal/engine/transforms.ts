import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import type { Callbacks } from "./callbacks";
import { fromStruct, type PropertyMap, toStruct } from "./propertyValues";

/** What of a registration a transform may change. */
export interface Transformed {
  properties: PropertyMap;
  options: proto.TransformResourceOptions;
}

/**
 * The program's transforms: a resource is passed through its own, then those of its parents, then the stack's (resmon.RegisterResource
 * in deploy/source_eval.go).
 */
export class Transforms {
  private readonly stack: Callback[] = [];
  private readonly byResource = new Map<string, Callback[]>();
  private readonly parents = new Map<string, string>();

  constructor(private readonly callbacks: Callbacks) {}

  registerForStack(transform: Callback): void {
    this.stack.push(transform);
  }

  /** Keeps what is registered with a resource for its children. */
  remember(urn: string, parent: string, own: Callback[]): void {
    this.parents.set(urn, parent);
    this.byResource.set(urn, own);
  }

  async apply(request: proto.RegisterResourceRequest, given: Transformed): Promise<Transformed> {
    const parent = request.getParent();
    const transforms = [...request.getTransformsList(), ...this.inherited(parent), ...this.stack];
    let { properties, options } = given;
    for (const transform of transforms) {
      const message = new proto.TransformRequest()
        .setName(request.getName())
        .setType(request.getType())
        .setCustom(request.getCustom())
        .setParent(parent)
        .setProperties(toStruct(properties))
        .setOptions(options);
      const response = proto.TransformResponse.deserializeBinary(await this.callbacks.invoke(transform, message));
      properties = response.hasProperties() ? fromStruct(response.getProperties()) : properties;
      options = response.getOptions() ?? options;
    }
    return { properties, options };
  }

  private inherited(parent: string): Callback[] {
    const found: Callback[] = [];
    for (let urn: string | undefined = parent; urn !== undefined && urn !== ""; urn = this.parents.get(urn)) {
      found.push(...(this.byResource.get(urn) ?? []));
    }
    return found;
  }
}
