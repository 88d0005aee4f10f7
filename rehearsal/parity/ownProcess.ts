import { readFileSync } from "node:fs";
import { OwnStack, type OwnStackOptions } from "../ownStack";
import type { StackProgram } from "../stackProgram";

// An update by this project's engine in a process of its own, to be killed: standard input says of what, as JSON.
const { program, options } = JSON.parse(readFileSync(0, "utf8")) as { program: StackProgram; options: OwnStackOptions };

void new OwnStack(program, options).up();
