"use strict";

// Lets node load TypeScript without a type check (types are `npm run check`'s business): used by `node --require` in
// package.json's scripts, by mocha, and by Pulumi.yaml's `nodeargs`. swc compiles a file in about a millisecond; Pulumi's
// own default, ts-node with a full type check, costs 12 seconds a preview (docs/decisions.md).
const { enableCompileCache, getCompileCacheDir, setSourceMapsSupport } = require("node:module");
const { transformSync } = require("@swc/core");
const { addHook } = require("pirates");

// What V8 has compiled once it reads back the next time (@pulumi/aws-native and its like are large), in the processes that this one
// starts, too: in Node.js 22 and newer.
enableCompileCache?.();
process.env.NODE_COMPILE_CACHE ??= getCompileCacheDir?.() ?? "";

addHook(
  (code, filename) =>
    transformSync(code, {
      filename,
      configFile: false,
      swcrc: false,
      sourceMaps: "inline",
      module: { type: "commonjs" },
      // es2023 keeps classes and async functions as written, which Pulumi's closure serialiser needs for dynamic providers.
      jsc: { target: "es2023", parser: { syntax: "typescript" } },
    }).code,
  { exts: [".ts"], ignoreNodeModules: true },
);
// Of our own files only: the source maps of a thousand modules in node_modules would be read and parsed one by one.
if (setSourceMapsSupport === undefined) {
  process.setSourceMapsEnabled(true);
} else {
  setSourceMapsSupport(true, { nodeModules: false });
}
