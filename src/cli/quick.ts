/** Which tests can be run in a minute: those that need none of TensorFlow, Slurm, a notebook kernel and a browser. */
import { join } from "node:path";
import { moduleGraph, type Named } from "./module_graph.ts";

/** The border to TensorFlow: whose graph reaches it may load it. */
const TENSORFLOW = "src/backend.ts";

/** What starts a notebook kernel, JupyterLab, Slurm or a browser. */
const SLOW =
  /\b(?:prepareJupyter|startSlurm|inBrowser|inFirefox)\(|\b(?:notebooks|lab|reproduce)\.ts"/;

/** What needs none of the four: a computation of ten seconds, and a time that files beside it would change. */
const LEFT_OUT = ["tests/search/predictor_forest_test.ts", "tests/dataset/load_time_test.ts"];

/** A command that a test runs in a process of its own: by its file's name. */
const COMMANDS = /"(?:src\/cli\/)?(\w+\.ts)"/g;

/** Those of `tests`, paths of test files, that need none of the four and are not left out by name. */
export async function quickTests(tests: readonly string[]): Promise<string[]> {
  const named: Named = new Map(), graphOf = (paths: string[]) => moduleGraph(paths, [], ".", named);
  const quick = await Promise.all(tests.map(async (test) => {
    if (LEFT_OUT.includes(test)) return [];
    const own = (await graphOf([test])).filter((path) => path.startsWith("tests/"));
    const text = (await Promise.all(own.map((path) => Deno.readTextFile(path)))).join("\n");
    if (SLOW.test(text)) return [];
    const commands = [...text.matchAll(COMMANDS)].map(([, name]) => join("src/cli", name));
    const graph = await graphOf([test, ...commands]);
    return graph.includes(TENSORFLOW) ? [] : [test];
  }));
  return quick.flat();
}

/** All test files in `folder` and below, sorted. */
export function testFiles(folder = "tests"): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? testFiles(path) : name.endsWith("_test.ts") ? [path] : [];
  }).sort();
}
