import type { StackOperations } from "../stackOperations";
import type { StackProgram } from "../stackProgram";

export type Operation = keyof StackOperations;

/** A stack's configuration, by namespaced key. */
export type Config = Readonly<Record<string, unknown>>;

/** What a stack's resources stand in, one for each engine. */
export interface World {
  readonly program: StackProgram;
  /** From here on only what happens next is seen. Called before every operation. */
  forget(): void;
  /** What has happened to the world, by what is compared: lines each. */
  seen(): Readonly<Record<string, readonly string[]>>;
  /** The text without what came about by chance, such as ids. */
  named(text: string): string;
  /** What makes the world as it is now once more, in another folder. */
  snapshot(): (folder: string) => Promise<World>;
  close(): Promise<void>;
}

/** One thing that happens in a scenario. */
export type Act<W extends World> =
  | { readonly operation: Operation }
  /** An update that is stopped once something of it is under way; `then` lets what is under way come to its end. */
  | { readonly stop: "interrupt" | "kill"; when(world: W): boolean; then?(world: W): void }
  /** What somebody does to the world behind the stack's back, or has in store for it. */
  | { somebody(world: W): void }
  /** Another configuration from here on. */
  | { readonly configure: Config };

/** A part of a stack's life that both engines go through. */
export interface Scenario<W extends World = World> {
  readonly title: string;
  readonly config: Config;
  /** @param folder is the scenario's own, and empty. */
  readonly start: (folder: string) => Promise<W>;
  readonly acts: readonly Act<W>[];
}
