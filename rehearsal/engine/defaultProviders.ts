import { type Goal, plainGoal } from "./goal";
import type { Project } from "./project";
import type { ResourceState } from "./resourceState";
import { providerReference } from "./urn";

/** The providers that resources get which name none: one for every version of a package, made when it is first needed. */
export class DefaultProviders {
  private readonly references = new Map<string, Promise<string>>();

  constructor(
    private readonly project: Project,
    private readonly register: (goal: Goal) => Promise<ResourceState>,
  ) {}

  /** @returns `URN::ID`. */
  get(packageName: string, version: string): Promise<string> {
    const name = version === "" ? "default" : `default_${version.replaceAll(/[.+-]/g, "_")}`;
    const key = `${packageName}::${name}`;
    const known = this.references.get(key) ?? this.make(packageName, name, version);
    this.references.set(key, known);
    return known;
  }

  private async make(packageName: string, name: string, version: string): Promise<string> {
    // Dynamic providers are given the whole configuration, others that of their package.
    const own = Object.entries(this.project.config).flatMap(([key, value]): [string, string][] => {
      const [namespace, ...rest] = key.split(":");
      return packageName === "pulumi-nodejs"
        ? [[key, value]]
        : namespace === packageName
          ? [[rest.join(":"), value]]
          : [];
    });
    const properties = { ...Object.fromEntries(own), ...(version !== "" && { version }) };
    const type = `pulumi:providers:${packageName}`;
    const state = await this.register(plainGoal({ type, name, custom: true, parent: "", properties }));
    return providerReference(state.urn, state.id ?? "");
  }
}
