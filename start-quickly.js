"use strict";

// Spares a process of Pulumi's what it would do again each time it starts: for `node --require`. register-swc.js does so for all that
// loads TypeScript; the rehearsal's engine for the processes that @pulumi/pulumi ships and that load none.
const { createRequire, enableCompileCache, getCompileCacheDir } = require("node:module");
const { setFlagsFromString } = require("node:v8");

// What V8 has compiled once it reads back the next time (@pulumi/aws-native and its like are large), in the processes that this one
// starts, too: in Node.js 22 and newer. It reads back only what was compiled under the flags that are set, and @pulumi/pulumi sets this
// one in some processes: later than some modules are loaded, earlier than any is written.
setFlagsFromString("--allow-natives-syntax");
enableCompileCache?.();
process.env.NODE_COMPILE_CACHE ??= getCompileCacheDir?.() ?? "";

// What @pulumi/pulumi always loads, and needs rarely or late, is loaded once it is used.
const ofPulumi = createRequire(require.resolve("@pulumi/pulumi"));
// npm's own installer, some 300 modules, what reads package.json, and the compiler, for functions that are sent into a cloud or a state,
// of which there is none here; the Automation API with its YAML and execa. And every
// language's messages, in which zod would tell what is wrong: ours are our own.
for (const name of [
  "@npmcli/arborist",
  "normalize-package-data",
  "typescript",
  "@pulumi/pulumi/automation",
  "execa",
  "js-yaml",
  "zod/v4/locales",
]) {
  loadLater([name], (load, key) => (key === "default" && !(key in load()) ? load() : load()[key]));
}
// OpenTelemetry, some 200 modules, for `--tracing`. Pulumi takes these functions and classes out of their modules at once.
const tracing = [
  "exporter-zipkin",
  "instrumentation",
  "instrumentation-grpc",
  "resources",
  "sdk-trace-base",
  "sdk-trace-node",
];
if (process.env.TRACEPARENT === undefined) {
  loadLater(
    tracing.map((part) => `@opentelemetry/${part}`),
    (load, key) =>
      function (...args) {
        const exported = load()[key];
        return new.target === undefined ? exported(...args) : new exported(...args);
      },
  );
}

// The session of V8's inspector that functions are serialised by, which Pulumi opens for every program and policy pack, is opened for the first
// function: V8 then tells of all scripts that it has compiled until then.
const hooks = ofPulumi("@pulumi/pulumi/runtime/closure/v8Hooks");
hooks.isInitializedAsync = () => Promise.resolve();

/** Puts something in the place of packages' exports that loads them when they are used: once one of them is, all see each other. */
function loadLater(names, exported) {
  const standIns = new Map();
  // What is loaded already stays: Pulumi's own process for dynamic providers comes here late.
  for (const path of names.flatMap(resolved).filter((each) => require.cache[each] === undefined)) {
    const load = () => {
      for (const [each, standIn] of standIns) {
        if (require.cache[each] === standIn) {
          delete require.cache[each];
        }
      }
      return ofPulumi(path);
    };
    const exports = new Proxy(() => undefined, {
      apply: (_, self, args) => Reflect.apply(load(), self, args),
      // As an ES module it is not copied property by property by those that import it.
      get: (_, key) => (key === "__esModule" ? true : exported(load, key)),
      has: (_, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, key) => ({
        ...Reflect.getOwnPropertyDescriptor(load(), key),
        configurable: true,
      }),
    });
    standIns.set(path, { loaded: true, exports });
    require.cache[path] = standIns.get(path);
  }
}

/** Nothing where a package is not installed: Pulumi does without typescript. */
function resolved(name) {
  try {
    return [ofPulumi.resolve(name)];
  } catch {
    return [];
  }
}
