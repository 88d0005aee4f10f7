import { benchPreview } from "./preview";

const benches: Readonly<Record<string, () => Promise<void>>> = {
  preview: () => benchPreview(5),
};

const name = process.argv[2] ?? "";
const bench = benches[name];
if (bench === undefined || process.argv.length > 3) {
  console.error(`error: found "${process.argv.slice(2).join(" ")}"; allowed: ${Object.keys(benches).join(", ")}`);
  process.exitCode = 2;
} else {
  bench().catch((error: unknown) => {
    console.error(`error: ${(error as Error).message}`);
    process.exitCode = 1;
  });
}
