import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { up } from "../../../rehearsal/engine/update";
import { descendants } from "./descendants";
import { NotesStack } from "./notesStack";

/** Where a process listens, as Linux writes it: address and port in hexadecimal digits. */
function listening(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  const descriptors = existsSync(folder) ? readdirSync(folder) : []; // ps itself has ended
  const sockets = descriptors.flatMap((descriptor) => {
    try {
      return readlinkSync(join(folder, descriptor));
    } catch {
      return []; // closed meanwhile
    }
  });
  if (sockets.length === 0) {
    return [];
  }
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
    const addresses = [process.pid, ...descendants(process.pid)].flatMap(listening);
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
