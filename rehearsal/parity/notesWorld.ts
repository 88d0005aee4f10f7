import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../environment";
import type { StackProgram } from "../stackProgram";
import type { World } from "./scenario";

const home = join(__dirname, "notes");
const hook = join(root, "register-swc.js");

/** A folder of notes: files, each a resource of the program in the folder `notes` beside this file. */
export class NotesWorld implements World {
  readonly program: StackProgram;

  private constructor(private readonly folder: string) {
    this.program = {
      root: home,
      plugins: {
        notes: { command: process.execPath, args: ["--require", hook, join(home, "plugin.ts")], cwd: home },
      },
      policyPacks: [],
      environment: { ...process.env, NOTES_FOLDER: folder },
    };
  }

  static start(folder: string): Promise<NotesWorld> {
    const notes = join(folder, "notes");
    mkdirSync(notes);
    return Promise.resolve(new NotesWorld(notes));
  }

  has(note: string): boolean {
    return existsSync(join(this.folder, note));
  }

  write(note: string, text: string): void {
    writeFileSync(join(this.folder, note), text);
  }

  remove(note: string): void {
    rmSync(join(this.folder, note));
  }

  forget(): void {
    // Notes say what they are, not how they came to be.
  }

  seen(): Record<string, string[]> {
    return { notes: Object.entries(this.notes()).map(([note, text]) => `${note}: ${text}`) };
  }

  named(text: string): string {
    return text
      .replaceAll(this.folder, "<folder>")
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<id>")
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b/g, "<time>");
  }

  snapshot(): (folder: string) => Promise<NotesWorld> {
    const notes = this.notes();
    return async (folder) => {
      const copy = await NotesWorld.start(folder);
      Object.entries(notes).forEach(([note, text]) => copy.write(note, text));
      return copy;
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private notes(): Record<string, string> {
    const ids = readdirSync(this.folder);
    return Object.fromEntries(ids.map((id) => [id, readFileSync(join(this.folder, id), "utf8")]));
  }
}
