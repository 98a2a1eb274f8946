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

/** All TypeScript files below a folder. */
function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* sources(path);
    else if (path.endsWith(".ts")) yield path;
  }
}

/** The line of the table for one kind of change. */
const row = (change: string): string => text.match(new RegExp(`^\\| ${change} +\\|.*$`, "m"))![0];

/** What there is of a kind, the lines that tell how to add one, and files that name it for another reason. */
const EXAMPLES = [
  { name: "rram_milo", changes: ["a memory of the arrays"], others: [] },
  { name: "reram_wan2022", changes: ["a device model"], others: [] },
  { name: "nsga2", changes: ["a search method"], others: [] },
  { name: "drift_by_skip", changes: ["a figure"], others: [] },
  {
    name: "analognas",
    changes: ["a search space", "a study of networks"],
    // an example in a help text; the name of the workspace
    others: ["src/cli/experiment.ts", "src/train/checkpoint.ts"],
  },
];

for (const { name, changes, others } of EXAMPLES) {
  Deno.test(`a change as large as ${name} touches the files that CONTRIBUTING names, and no other of src`, () => {
    const told = [...changes.map(row).join().matchAll(/`(src\/[^`\s]*)`/g)]
      .map(([, path]) => path.replace("<id>", name));
    const word = new RegExp(`\\b${name}\\b`);
    const touched = [...sources("src")].filter((path) =>
      // reference checks know devices of their own; a room's surface follows from its files
      !path.startsWith("src/verify/") && !path.endsWith("/mod.ts") && !others.includes(path) &&
      word.test(Deno.readTextFileSync(path))
    );
    const isTold = (path: string) =>
      told.some((one) => one.endsWith("/") ? path.startsWith(one) : path === one);
    assert.ok(touched.length > 1, `only ${touched}`);
    assert.deepEqual(touched.filter((path) => !isTold(path)), []);
  });
}
