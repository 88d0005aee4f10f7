import { spawn } from "node:child_process";
import { join } from "node:path";
import { startLocalAws } from "./aws/server";
import { environment, root } from "./environment";
import { type Kept, keptAws } from "./keptAws";

/**
 * Runs the doctor as its user does, on what local AWS holds of a stack. It only reads, and what is kept stays as it is.
 *
 * @param args more of the doctor's own options
 * @returns its exit code.
 */
export async function rehearseDoctor(kept: Kept, args: readonly string[]): Promise<number> {
  const { described, saved } = await keptAws(kept);
  const aws = await startLocalAws({ organization: described, ...(saved !== undefined && { state: saved.state }) });
  const hook = join(root, "register-swc.js");
  const command = ["--require", hook, join(root, "tools", "doctor.ts"), "--stack", kept.stack, ...args];
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, command, { cwd: root, env: environment(aws), stdio: "inherit" });
      child.once("error", reject).once("close", (code) => resolve(code ?? 70));
    });
  } finally {
    await aws.close();
  }
}
