import * as pulumi from "@pulumi/pulumi";
import type * as providers from "./dynamicProviders";

/**
 * A resource whose provider is one of dynamicProviders.ts. Unlike `pulumi.dynamic.Resource` it has the state hold where the
 * provider's code lies and not the code itself (docs/decisions.md says why), in the form that Pulumi's process for dynamic
 * providers expects: the text of a module that exports `handler` (@pulumi/pulumi, cmd/dynamic-provider). That process runs in
 * the project's folder, from where npm packages are found, too, and loads no TypeScript by itself.
 */
export abstract class DynamicResource extends pulumi.CustomResource {
  /**
   * @param type what follows `pulumi-nodejs:dynamic/` in the type token, as "grants:AccountAssignments".
   * @param properties inputs, and each output that is no input as undefined.
   */
  constructor(
    provider: keyof typeof providers,
    type: string,
    name: string,
    properties: pulumi.Inputs,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(`pulumi-nodejs:dynamic/${type}`, name, { ...properties, __provider: moduleText(provider) }, options);
  }
}

function moduleText(provider: keyof typeof providers): string {
  return `require("./register-swc.js");\nexports.handler = () => require("./components/dynamicProviders.ts").${provider};\n`;
}
