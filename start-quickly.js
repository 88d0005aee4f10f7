"use strict";

// Spares a process of Pulumi's what it would do again each time it starts: for `node --require`. register-swc.js does so for all that
// loads TypeScript; the rehearsal's engine for the processes that @pulumi/pulumi ships and that load none.
const { createRequire, enableCompileCache, getCompileCacheDir } = require("node:module");
const { setFlagsFromString } = require("node:v8");

// What V8 has compiled once it reads back the next time (@pulumi/aws-native and its like are large), in the processes that this one
// starts, too: in Node.js 22 and newer. It reads back only what was compiled under the flags that are set, and @pulumi/pulumi sets this
// one before it serialises a dynamic provider: later than some modules are loaded, earlier than any is written.
setFlagsFromString("--allow-natives-syntax");
enableCompileCache?.();
process.env.NODE_COMPILE_CACHE ??= getCompileCacheDir?.() ?? "";

// @pulumi/pulumi always loads npm's own installer, some 300 modules, and needs it only for functions that are sent into a cloud.
const ofPulumi = createRequire(require.resolve("@pulumi/pulumi"));
const installer = ofPulumi.resolve("@npmcli/arborist");
require.cache[installer] = {
  loaded: true,
  exports: {
    __esModule: true,
    get Arborist() {
      delete require.cache[installer];
      return ofPulumi(installer).Arborist;
    },
  },
};
