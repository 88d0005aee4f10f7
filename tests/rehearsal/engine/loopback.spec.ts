import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { up } from "../../../rehearsal/engine/update";
import { NotesStack } from "./notesStack";

/** The processes of Linux, each with its parent. */
function parents(): Map<number, number> {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return new Map(
    pids.flatMap((pid) => {
      try {
        const [, parent] = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
        return [[Number(pid), Number(parent)] as const];
      } catch {
        return []; // It has ended meanwhile.
      }
    }),
  );
}

/** A process with all that it has started. */
function family(of: number): number[] {
  const all = parents();
  const children = (pid: number): number[] => [...all].flatMap(([child, parent]) => (parent === pid ? child : []));
  const withDescendants = (pid: number): number[] => [pid, ...children(pid).flatMap(withDescendants)];
  return withDescendants(of);
}

/** Where a process listens, as Linux writes it: address and port in hexadecimal digits. */
function listening(pid: number): string[] {
  const sockets = readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
    } catch {
      return []; // closed meanwhile
    }
  });
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .flatMap(([, address = "", , state, , , , , , inode = ""]) =>
        state === "0A" && sockets.includes(`socket:[${inode}]`) ? [address] : [],
      ),
  );
}

describe("an engine at work, with its program and its plugins", () => {
  const stack = new NotesStack();
  after(() => {
    stack.remove();
  });

  it("listens on loopback only", async function () {
    if (process.platform !== "linux") {
      this.skip();
    }
    const outcome = stack.run(up, { one: { text: "waits for go" } });
    while (!existsSync(join(stack.notes, "waiting"))) {
      await pause(10);
    }
    const addresses = family(process.pid).flatMap(listening);
    stack.write("go", "");
    assert.equal((await outcome).succeeded, true);
    // The engine, the plugin and what the program's functions are called by.
    assert(addresses.length >= 2, addresses.join());
    assert.deepEqual(
      addresses.filter((address) => !address.startsWith("0100007F:")),
      [],
    );
  });
});
