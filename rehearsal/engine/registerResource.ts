import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { withOutputValues, withoutOutputValues } from "./outputValues";
import { fromStruct, type PropertyMap, refuseUnsupportedValues, toStruct } from "./propertyValues";
import { goalOf, inheritFromParent, optionsOf, propertyDependencies } from "./registerRequest";
import type { Registrations } from "./registrations";
import { isProviderType, packageOf } from "./urn";

/** Registers a resource: passes it through the transforms, has it deployed and tells the program what became of it. */
export async function registerResource(
  request: proto.RegisterResourceRequest,
  registrations: Registrations,
): Promise<proto.RegisterResourceResponse> {
  const type = request.getType();
  const label = `${type} "${request.getName()}"`;
  const parent = registrations.goalOf(request.getParent());
  if (parent !== undefined) {
    inheritFromParent(request, parent);
  }
  const given = fromStruct(request.getObject());
  const { properties, ...rest } = await transformed(request, given, registrations).catch((error: unknown) =>
    registrations.fail(error, label),
  );
  if (isProviderType(type) && rest.options.getVersion() !== "") {
    properties["version"] = rest.options.getVersion();
  }
  const provider = await providerFor(request, rest.options, registrations);
  const goal = goalOf(request, rest.options, { ...rest, properties, provider });
  const state = await registrations.register(goal);
  registrations.transforms.remember(state.urn, request.getParent(), request.getTransformsList());
  // A component's outputs are the program's own: only at its end are all resources that they name registered.
  const outputs = state.custom ? state.outputs : {};
  return new proto.RegisterResourceResponse()
    .setUrn(state.urn)
    .setId(state.id ?? "")
    .setObject(toStruct(outputs));
}

async function transformed(
  request: proto.RegisterResourceRequest,
  given: PropertyMap,
  { transforms }: Registrations,
): Promise<{
  properties: PropertyMap;
  options: proto.TransformResourceOptions;
  propertyDependencies: Record<string, string[]>;
}> {
  refuseUnsupportedOptions(request);
  refuseUnsupportedValues(given);
  const known = propertyDependencies(request);
  const hasOwn = request.getTransformsList().length > 0;
  const { properties: passedOn, options } = await transforms.apply(request, {
    properties: withOutputValues(given, hasOwn ? known : {}),
    options: optionsOf(request),
  });
  const { properties, dependencies } = withoutOutputValues(passedOn);
  refuseUnsupportedValues(properties);
  // The resource's own transforms have been told what each property depends on and pass it on, others have not.
  const before = hasOwn ? {} : known;
  for (const [property, urns] of Object.entries(before)) {
    dependencies[property] = [...new Set([...urns, ...(dependencies[property] ?? [])])];
  }
  return { properties, options, propertyDependencies: dependencies };
}

async function providerFor(
  request: proto.RegisterResourceRequest,
  options: proto.TransformResourceOptions,
  registrations: Registrations,
): Promise<string> {
  if (!request.getCustom() || isProviderType(request.getType())) {
    return "";
  }
  return options.getProvider() === ""
    ? registrations.defaultProvider(packageOf(request.getType()), options.getVersion())
    : options.getProvider();
}

function refuseUnsupportedOptions(request: proto.RegisterResourceRequest): void {
  const used = Object.entries({
    "remote components": request.getRemote(),
    envVarMappings: request.getEnvvarmappingsMap().getLength() > 0,
    "parameterized packages": request.getPackageref() !== "",
    "state migrations": request.getStateMigrationsList().length > 0,
    hideDiffs: request.getHidediffsList().length > 0,
  })
    .filter(([, isUsed]) => isUsed)
    .map(([option]) => option);
  if (used.length > 0) {
    throw new Error(`uses ${used.join(", ")}, which this engine does not support`);
  }
}
