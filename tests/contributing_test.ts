/** CONTRIBUTING tells where a change belongs; what it names is there, for every figure and every space. */
import assert from "node:assert/strict";
import { FIGURE_IDS } from "@/figure/mod.ts";
import { SPACES } from "@/space/mod.ts";

const text = await Deno.readTextFile("CONTRIBUTING.md");
/** Paths in backticks that start at the top of the workspace. */
const paths = [...text.matchAll(/`((?:src|tests|data|notebooks|paper|bench)\/[^`\s]*)`/g)].map((
  m,
) => m[1]);

/** What stands for `<id>` and `<theme>` in a path. */
function instances(path: string): string[] {
  if (path.includes("<theme>")) {
    return ["table", "claims", "search", "replication"].map((t) => path.replace("<theme>", t));
  }
  if (!path.includes("<id>")) return [path];
  const ids = path.startsWith("src/figure/") ? FIGURE_IDS : Object.keys(SPACES);
  return ids.map((id) => path.replace("<id>", id));
}

Deno.test("every path that CONTRIBUTING names is there", async () => {
  assert.ok(paths.length > 10, `only ${paths.length} paths found`);
  for (const path of paths.flatMap(instances)) await Deno.stat(path);
});

Deno.test("it tells of the five changes that a laboratory makes most", () => {
  for (
    const change of [
      "a figure",
      "a metric or condition",
      "a device model",
      "a search space",
      "a statistic",
    ]
  ) {
    assert.match(text, new RegExp(`\\| ${change} +\\|`));
  }
});
