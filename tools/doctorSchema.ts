import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { z } from "zod";
import { reportSchema } from "../components/doctor/reportSchema";

/** Writes docs/doctor.schema.json, or another file, from the schema of the doctor's report; with --check it only compares. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: "boolean" }, file: { type: "string", default: "docs/doctor.schema.json" } },
  });
  const { check, file } = values;
  const { $schema, ...schema } = z.toJSONSchema(reportSchema, { target: "draft-2020-12" });
  const published = { $schema, $id: "urn:identity-aware-sessions:doctor:1", title: "Doctor's report", ...schema };
  const options = { ...(await resolveConfig("docs/doctor.schema.json")), parser: "json" };
  const text = await format(JSON.stringify(published), options);
  if (check !== true) {
    await writeFile(file, text);
  } else if ((await readFile(file, "utf8")) !== text) {
    throw new Error(
      `${file} is not current. It is written from the schema of the doctor's report by\n` +
        "node --require ./register-swc.js tools/doctorSchema.ts",
    );
  }
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
