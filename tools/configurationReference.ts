import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { referencePage } from "./referencePage";

/** Writes docs/configuration.md, or another file, from the schema of the settings; with --check it only compares. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: "boolean" }, file: { type: "string", default: "docs/configuration.md" } },
  });
  const { check, file } = values;
  const page = await format(referencePage(), { ...(await resolveConfig("docs/configuration.md")), parser: "markdown" });
  if (check !== true) {
    await writeFile(file, page);
  } else if ((await readFile(file, "utf8")) !== page) {
    throw new Error(
      `${file} is not current. It is written from the schema of the settings by\n` +
        "node --require ./register-swc.js tools/configurationReference.ts",
    );
  }
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
