"use strict";

// Lets node load TypeScript without a type check (types are `npm run check`'s business): used by `node --require` in
// package.json's scripts, by mocha, and by Pulumi.yaml's `nodeargs`. swc compiles a file in about a millisecond; Pulumi's
// own default, ts-node with a full type check, costs 12 seconds a preview (docs/decisions.md).
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { createRequire, setSourceMapsSupport } = require("node:module");
const { join } = require("node:path");
const { version } = require("@swc/core/package.json");
const { addHook } = require("pirates");
require("./start-quickly.js");

const options = {
  configFile: false,
  swcrc: false,
  sourceMaps: "inline",
  module: { type: "commonjs" },
  // What the oldest Node.js that @pulumi/pulumi takes runs as it is written.
  jsc: { target: "es2023", parser: { syntax: "typescript" } },
};
const folder = join(__dirname, "node_modules", ".cache", "swc");

/** Compiles a file, or reads back what the same text has been compiled to: swc itself takes longer to load than a file to compile. */
function compile(code, filename) {
  const key = createHash("sha256")
    .update(JSON.stringify([version, options, filename, code]))
    .digest("hex");
  const kept = join(folder, key);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const { code: compiled } = require("@swc/core").transformSync(code, { ...options, filename });
    keep(kept, compiled);
    return compiled;
  }
}

function keep(path, text) {
  try {
    mkdirSync(folder, { recursive: true });
    // Whole or not at all, however many processes compile the same file at once.
    const own = `${path}.${process.pid}`;
    writeFileSync(own, text);
    renameSync(own, path);
  } catch {
    // Where nothing can be written it is compiled every time.
  }
}

addHook(compile, { exts: [".ts"], ignoreNodeModules: true });

// Node.js maps stack traces of our own files only: the source maps of a thousand modules in node_modules would be read and parsed one by one.
if (setSourceMapsSupport === undefined) {
  process.setSourceMapsEnabled(true);
} else {
  setSourceMapsSupport(true, { nodeModules: false });
}
// Pulumi's program process would have source-map-support do that instead, which reads those of node_modules for the stack trace that
// every resource is given, and does not find ours.
const ofPulumi = createRequire(require.resolve("@pulumi/pulumi"));
require.cache[ofPulumi.resolve("source-map-support/register")] = { exports: {}, loaded: true };
