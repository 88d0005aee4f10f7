import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Goal } from "./goal";
import type { Project } from "./project";
import { type PropertyMap, toStruct } from "./propertyValues";
import type { ResourceState } from "./resourceState";
import { nameOf } from "./urn";

export function stackConfiguration(project: Project, preview: boolean): proto.AnalyzerStackConfigureRequest {
  const request = new proto.AnalyzerStackConfigureRequest()
    .setOrganization("organization")
    .setProject(project.name)
    .setStack(project.stack)
    .setDryRun(preview);
  for (const [key, value] of Object.entries(project.config)) {
    request.getConfigMap().set(key, value);
  }
  return request;
}

/** Every policy at its own level, its options at the defaults of its schema, then what the pack itself presets. */
export function defaultConfiguration(info: proto.AnalyzerInfo): proto.ConfigureAnalyzerRequest {
  const request = new proto.ConfigureAnalyzerRequest();
  for (const policy of info.getPoliciesList()) {
    const preset = info.getInitialconfigMap().get(policy.getName());
    const schema = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
    const properties: PropertyMap = {};
    for (const [property, declaration] of Object.entries(schema)) {
      const { default: value } = declaration as { default?: PropertyMap[string] };
      if (value !== undefined) {
        properties[property] = value;
      }
    }
    Object.assign(properties, preset?.getProperties()?.toJavaScript());
    const level = preset?.getEnforcementlevel() ?? policy.getEnforcementlevel();
    request
      .getPolicyconfigMap()
      .set(
        policy.getName(),
        new proto.PolicyConfig().setEnforcementlevel(level).setProperties(Struct.fromJavaScript(properties)),
      );
  }
  return request;
}

export function optionsOf(resource: ResourceState, goal: Goal | undefined): proto.AnalyzerResourceOptions {
  const { create = 0, delete: deletion = 0, update = 0 } = resource.customTimeouts ?? {};
  return new proto.AnalyzerResourceOptions()
    .setProtect(resource.protect ?? false)
    .setParent(resource.parent ?? "")
    .setIgnorechangesList(resource.ignoreChanges ?? [])
    .setAdditionalsecretoutputsList(resource.additionalSecretOutputs ?? [])
    .setAliasesList(resource.aliases ?? [])
    .setDeletebeforereplace(goal?.deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(goal?.deleteBeforeReplace !== undefined)
    .setCustomtimeouts(
      new proto.AnalyzerResourceOptions.CustomTimeouts().setCreate(create).setDelete(deletion).setUpdate(update),
    );
}

export function providerOf(provider: ResourceState | undefined): proto.AnalyzerProviderResource | undefined {
  return provider === undefined
    ? undefined
    : new proto.AnalyzerProviderResource()
        .setUrn(provider.urn)
        .setType(provider.type)
        .setName(nameOf(provider.urn))
        .setProperties(toStruct(provider.inputs));
}
