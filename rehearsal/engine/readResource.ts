import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { fromStruct, refuseUnsupportedValues, toStruct } from "./propertyValues";
import type { Registrations } from "./registrations";
import { packageOf } from "./urn";

/** `Resource.get`: reads a resource that the stack does not manage. */
export async function readResource(
  request: proto.ReadResourceRequest,
  registrations: Registrations,
): Promise<proto.ReadResourceResponse> {
  const type = request.getType();
  const properties = fromStruct(request.getProperties());
  try {
    refuseUnsupportedValues(properties);
  } catch (error) {
    return registrations.fail(error, `${type} "${request.getName()}"`);
  }
  const provider =
    request.getProvider() === ""
      ? await registrations.defaultProvider(packageOf(type), request.getVersion())
      : request.getProvider();
  const state = await registrations.read({
    type,
    name: request.getName(),
    id: request.getId(),
    parent: request.getParent(),
    properties,
    dependencies: request.getDependenciesList(),
    provider,
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  });
  return new proto.ReadResourceResponse().setUrn(state.urn).setProperties(toStruct(state.outputs));
}
