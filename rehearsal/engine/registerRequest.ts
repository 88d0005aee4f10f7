import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import type { AliasSpec } from "./aliases";
import { parseDuration } from "./duration";
import type { Goal } from "./goal";
import type { PropertyMap, PropertyValue } from "./propertyValues";
import type { CustomTimeouts, HookBindings } from "./resourceState";

/** What a child takes over from its parent where it says nothing itself (inheritFromParent in deploy/source_eval.go). */
export function inheritFromParent(request: proto.RegisterResourceRequest, parent: Goal): void {
  if (!request.hasProtect() && parent.protect !== undefined) {
    request.setProtect(parent.protect);
  }
  if (!request.hasRetainondelete() && parent.retainOnDelete !== undefined) {
    request.setRetainondelete(parent.retainOnDelete);
  }
  if (request.getDeletedwith() === "") {
    request.setDeletedwith(parent.deletedWith);
  }
}

/** A registration's options in the form in which transforms take and give them. */
export function optionsOf(request: proto.RegisterResourceRequest): proto.TransformResourceOptions {
  const options = new proto.TransformResourceOptions()
    .setImport(request.getImportid())
    .setDependsOnList(request.getDependenciesList())
    .setIgnoreChangesList(request.getIgnorechangesList())
    .setReplaceOnChangesList(request.getReplaceonchangesList())
    .setReplacementTrigger(request.getReplacementTrigger())
    .setVersion(request.getVersion())
    .setAliasesList([...request.getAliasurnsList().map((urn) => new Alias().setUrn(urn)), ...request.getAliasesList()])
    .setProvider(request.getProvider())
    .setHideDiffList(request.getHidediffsList())
    .setCustomTimeouts(request.getCustomtimeouts())
    .setPluginDownloadUrl(request.getPlugindownloadurl())
    .setDeletedWith(request.getDeletedwith())
    .setReplaceWithList(request.getReplaceWithList())
    .setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
    .setHooks(request.getHooks());
  const [protect, retainOnDelete] = [request.getProtect(), request.getRetainondelete()];
  if (protect !== undefined && request.hasProtect()) {
    options.setProtect(protect);
  }
  if (retainOnDelete !== undefined && request.hasRetainondelete()) {
    options.setRetainOnDelete(retainOnDelete);
  }
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  request.getProvidersMap().forEach((provider, name) => options.getProvidersMap().set(name, provider));
  return options;
}

/** What a registration asks for, once its transforms have had their say. */
export function goalOf(
  request: proto.RegisterResourceRequest,
  options: proto.TransformResourceOptions,
  rest: { properties: PropertyMap; propertyDependencies: Record<string, string[]>; provider: string },
): Goal {
  return {
    ...rest,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    dependencies: [...new Set([...options.getDependsOnList(), ...dependenciesWithout(request, rest)])],
    protect: options.hasProtect() ? options.getProtect() : undefined,
    retainOnDelete: options.hasRetainOnDelete() ? options.getRetainOnDelete() : undefined,
    deleteBeforeReplace: options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
    ignoreChanges: options.getIgnoreChangesList(),
    replaceOnChanges: options.getReplaceOnChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    importId: options.getImport(),
    aliases: options.getAliasesList().map(toAliasSpec),
    deletedWith: options.getDeletedWith(),
    replaceWith: options.getReplaceWithList(),
    replacementTrigger: options.getReplacementTrigger()?.toJavaScript() as PropertyValue | undefined,
    customTimeouts: toTimeouts(options.getCustomTimeouts()),
    hooks: toHookBindings(options.getHooks()),
  };
}

/** What the resource's own transforms have made its properties depend on. */
function dependenciesWithout(
  request: proto.RegisterResourceRequest,
  { propertyDependencies }: { propertyDependencies: Record<string, string[]> },
): string[] {
  return request.getTransformsList().length > 0 ? Object.values(propertyDependencies).flat() : [];
}

export function propertyDependencies(request: proto.RegisterResourceRequest): Record<string, string[]> {
  const dependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((value, property) => {
    dependencies[property] = value.getUrnsList();
  });
  return dependencies;
}

function toAliasSpec(alias: Alias): AliasSpec {
  const spec = alias.getSpec();
  return spec === undefined
    ? { urn: alias.getUrn() }
    : {
        name: spec.getName(),
        type: spec.getType(),
        stack: spec.getStack(),
        project: spec.getProject(),
        parent: spec.getParenturn(),
        noParent: spec.getNoparent(),
      };
}

function toTimeouts(timeouts: proto.RegisterResourceRequest.CustomTimeouts | undefined): CustomTimeouts {
  const texts = {
    create: timeouts?.getCreate() ?? "",
    update: timeouts?.getUpdate() ?? "",
    delete: timeouts?.getDelete() ?? "",
    read: timeouts?.getRead() ?? "",
  };
  const given = Object.entries(texts).filter(([, text]) => text !== "");
  return Object.fromEntries(given.map(([operation, text]) => [operation, parseDuration(text)]));
}

function toHookBindings(hooks: proto.RegisterResourceRequest.ResourceHooksBinding | undefined): HookBindings {
  const bindings: HookBindings = {
    BeforeCreate: hooks?.getBeforeCreateList() ?? [],
    AfterCreate: hooks?.getAfterCreateList() ?? [],
    BeforeUpdate: hooks?.getBeforeUpdateList() ?? [],
    AfterUpdate: hooks?.getAfterUpdateList() ?? [],
    BeforeDelete: hooks?.getBeforeDeleteList() ?? [],
    AfterDelete: hooks?.getAfterDeleteList() ?? [],
    OnError: hooks?.getOnErrorList() ?? [],
  };
  return Object.fromEntries(Object.entries(bindings).filter(([, names]) => names.length > 0));
}
