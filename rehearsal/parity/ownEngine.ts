import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "../engine/deployment";
import { root } from "../environment";
import { OwnStack, type OwnStackOptions } from "../ownStack";
import { type OpenEngine, stackName } from "./engine";
import { kill } from "./killing";

/** This project's engine. */
export const ownEngine: OpenEngine = ({ program }, folder, stackFile) => {
  const stateFile = join(folder, "deployment.json");
  const options: OwnStackOptions = { stack: stackName, stackFile, stateFile };
  let operations = new OwnStack(program, options);
  return {
    get operations() {
      return operations;
    },
    interruptedUp: (interrupt) => new OwnStack(program, { ...options, interrupt }).up(),
    killedUp: async (when) => {
      const engine = spawn(
        process.execPath,
        ["--require", join(root, "register-swc.js"), join(__dirname, "ownProcess.ts")],
        { stdio: ["pipe", "ignore", "inherit"] },
      );
      engine.stdin.end(JSON.stringify({ program, options }));
      await when;
      await kill(engine);
    },
    export: () =>
      Promise.resolve(existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, "utf8")) as Deployment) : undefined),
    configured: () => {
      operations = new OwnStack(program, options);
      return Promise.resolve();
    },
  };
};
