import type { ResourceState } from "./resourceState";
import { makeUrn, nameOf, typeOf } from "./urn";

/** A name that a resource may have had before: its whole URN, or what of it was different. */
export type AliasSpec =
  | { urn: string }
  | {
      name: string;
      type: string;
      stack: string;
      project: string;
      /** Empty for the parent that the resource has now. */
      parent: string;
      noParent: boolean;
    };

interface Identity {
  urn: string;
  name: string;
  type: string;
  parent: string;
  aliases: readonly AliasSpec[];
}

/**
 * Finds resources of the state by the names that they have now or had before, as deploy.stepGenerator.getOldResource does;
 * children are found below the names that their parents had.
 */
export class OldResources {
  /** What a URN of the state is called now. */
  readonly renamed = new Map<string, string>();
  private readonly previous = new Map<string, string>();
  private readonly olds: Map<string, ResourceState>;

  constructor(
    olds: readonly ResourceState[],
    private readonly project: { name: string; stack: string },
  ) {
    this.olds = new Map(olds.filter((old) => old.delete !== true).map((old) => [old.urn, old]));
  }

  get(urn: string): ResourceState | undefined {
    return this.olds.get(urn);
  }

  /** From here on an imported resource is what the program's wishes are compared with. */
  set(state: ResourceState): void {
    this.olds.set(state.urn, state);
  }

  values(): Iterable<ResourceState> {
    return this.olds.values();
  }

  /**
   * @param registered tells which URNs the program has claimed already.
   * @throws Error when two resources claim the same one of the state.
   */
  find(
    identity: Identity,
    registered: (urn: string) => boolean,
  ): { old: ResourceState | undefined; alias: string | undefined } {
    const { urn } = identity;
    const claimed = this.renamed.get(urn);
    if (claimed !== undefined) {
      throw new Error(`Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimed}'`);
    }
    const own = this.olds.get(urn);
    if (own !== undefined) {
      return { old: own, alias: undefined };
    }
    const alias = this.aliasesOf(identity).find((candidate) => this.olds.has(candidate));
    if (alias === undefined) {
      return { old: undefined, alias };
    }
    const other = registered(alias) ? urn : this.renamed.get(alias);
    if (other !== undefined) {
      throw new Error(
        `Duplicate resource alias '${alias}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
      );
    }
    this.renamed.set(alias, urn);
    this.previous.set(urn, alias);
    return { old: this.olds.get(alias), alias };
  }

  private aliasesOf({ aliases, name, parent, type }: Identity): string[] {
    const own = aliases.map((alias) => this.urnOf(alias, { name, type, parent }));
    const parentAlias = this.previous.get(parent);
    const inherited =
      parentAlias === undefined
        ? []
        : [{ type, name }, ...own.map((urn) => ({ type: typeOf(urn), name: nameOf(urn) }))].map((child) =>
            this.inherited(child, nameOf(parent), parentAlias),
          );
    return [...new Set([...own, ...inherited])];
  }

  private urnOf(alias: AliasSpec, now: { name: string; type: string; parent: string }): string {
    if ("urn" in alias) {
      return alias.urn;
    }
    // A parent that was found under an old name of its own was called that at the time.
    const parent = alias.parent === "" ? now.parent : (this.previous.get(alias.parent) ?? alias.parent);
    return makeUrn(
      or(alias.stack, this.project.stack),
      or(alias.project, this.project.name),
      alias.noParent ? "" : parent,
      or(alias.type, now.type),
      or(alias.name, now.name),
    );
  }

  /** Children are often named after their parent (`app-role` in `app`): such names are taken to have changed with it. */
  private inherited(child: { type: string; name: string }, parentName: string, parentAlias: string): string {
    const name = child.name.startsWith(parentName)
      ? nameOf(parentAlias) + child.name.slice(parentName.length)
      : child.name;
    const { stack, name: project } = this.project;
    return makeUrn(stack, project, parentAlias, child.type, name);
  }
}

function or(text: string, fallback: string): string {
  return text === "" ? fallback : text;
}
