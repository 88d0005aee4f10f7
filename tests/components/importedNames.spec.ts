import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";

const components = join(__dirname, "../../components");

describe("components", () => {
  // Pulumi serialises a dynamic provider with one constant for each name of an import, whatever file it stands in: where two
  // files call different packages the same (swc names an import after the last part of its path), one gets the other's.
  it("call every npm package the same in all files, and none like another", () => {
    const packages = new Map<string, string>();
    const names = new Map<string, string>();
    for (const file of globSync("**/*.ts", { cwd: components })) {
      const source = readFileSync(join(components, file), "utf8");
      const module = { type: "commonjs" } as const;
      const { code } = transformSync(source, {
        filename: file,
        module,
        jsc: { target: "es2023", parser: { syntax: "typescript" } },
      });
      for (const [, name = "", from = ""] of code.matchAll(/^const (\w+) = .*require\("([^."][^"]*)"\)/gm)) {
        assert.equal(packages.get(name) ?? from, from, `${file} calls ${from} ${name}`);
        assert.equal(names.get(from) ?? name, name, `${file} calls ${from} ${name}`);
        packages.set(name, from);
        names.set(from, name);
      }
    }
    assert.equal(packages.get("_clientssoadmin"), "@aws-sdk/client-sso-admin");
  });
});
