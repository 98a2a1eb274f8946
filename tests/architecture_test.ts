/** The import rules of the rooms: data flows one way, TensorFlow stays on the left. */
import assert from "node:assert/strict";
import { dirname, join, normalize } from "node:path";
import { allNotebooks, codeCells, readNotebook } from "@/notebook/mod.ts";

/** Files everybody may know. */
const FREE = [
  "config.ts",
  "config_id.ts",
  "random.ts",
  "input_error.ts",
  "nearest.ts",
  "arguments.ts",
  "atomic_write.ts",
  "lock.ts",
  "child_process.ts",
  "cache.ts",
  "json_file.ts",
  "checksum.ts",
  "data_manifest.ts",
  "parse_json.ts",
  "read_bytes.ts",
  "table/schema.ts",
];

/** Room -> rooms whose mod.ts it may import. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  "config.ts": ["config"],
  config: [],
  space: [],
  chip: ["space"],
  contrast: ["space"],
  dataset: [],
  "backend.ts": ["backend"],
  backend: ["backend.ts"],
  network: ["space", "backend.ts"],
  train: ["network", "dataset", "space", "backend.ts"],
  quantize: ["network", "train", "dataset", "space", "backend.ts"],
  analog: ["network", "train", "dataset", "space", "backend.ts"],
  measure: ["space", "contrast", "dataset", "network", "train", "quantize", "analog", "backend.ts"],
  table: ["chip", "space"],
  stats: [],
  search: ["chip", "stats", "table", "space"],
  analyse: ["chip", "contrast", "stats", "table", "space"],
  figure: ["analyse", "table", "space"],
  verify: ["space", "dataset", "network", "train", "quantize", "analog", "backend.ts"],
  explorer: ["chip", "space"],
  site: ["explorer", "analyse", "figure", "stats", "table", "space"],
  notebook: [],
  paper: [],
};

/** Who may import every room, through its mod.ts too. */
const MAY_IMPORT_ALL = ["cli", "mod.ts", "unit.ts"];

/** What notebooks show is a part of `figure`: the notebooks' module names it as a namespace. */
const isPartForNotebooks = (file: string, path: string) =>
  file === "mod.ts" && path === "figure/notebook/mod.ts";

/** What a page in a browser may know beside the space: files that reach neither Polars nor node. */
const isPartForThePage = (file: string, path: string) =>
  room(file) === "explorer" &&
  ["table/query.ts", "table/metric.ts", "figure/grammar/metrics.ts"].includes(path);

/** Library -> the rooms that may import it. */
const LIBRARY_ROOM: Record<string, readonly string[]> = {
  "@tensorflow/tfjs-node": ["backend.ts"],
  "nodejs-polars": ["table", "mod.ts"],
  "arquero": ["analyse", "mod.ts"],
  "simple-statistics": ["stats", "analyse", "mod.ts"],
  "vega": ["figure"],
  "vega-lite": ["figure", "mod.ts"],
  "@resvg/resvg-js": ["figure"],
  "fontkitten": ["figure"],
  "pickleparser": ["table"],
  "ml-matrix": ["search", "stats", "verify"],
  "ml-random-forest": ["search"],
  "npyjs": ["dataset"],
  "onnx-buf": ["network"],
  "@bufbuild/protobuf": ["network"],
  "esbuild": ["site"],
  "commander": ["cli"],
  "cli-progress": ["cli"],
  "@myriaddreamin/typst-ts-node-compiler": ["paper"],
};

const BANNED = [/Math\.random/, /tf\.random\w*\(/, /model\.fit\b/, /: any\b/, /\bas any\b/];

/** A name at the left margin that can be bound or filled again: state shared by all callers. */
const MODULE_STATE =
  /^(?:export )?(?:(?:let|var) \w+|const \w+(?:: [^=]+)? = (?:new (?:Map|Set|WeakMap)(?:<.*>)?\(\)|\[\]|\{\});)/m;

/** The exceptions: TensorFlow is loaded once; a worker is told its job by a message. */
const MAY_HOLD_STATE = ["backend.ts", "search/worker.ts"];

/** [file below src, text] of every source file. */
function* sources(folder = "src"): Generator<[string, string]> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* sources(path);
    else if (entry.name.endsWith(".ts")) {
      yield [path.slice("src/".length), Deno.readTextFileSync(path)];
    }
  }
}

const imports = (text: string) =>
  [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"([^"]+)"/g)].map((m) => m[1]);
const room = (file: string) => file.split("/")[0];

Deno.test("rooms import only what the design allows, through mod.ts", () => {
  const faults: string[] = [];
  for (const [file, text] of sources()) {
    for (const target of imports(text)) {
      if (!target.startsWith(".") && !target.startsWith("@/")) continue;
      const path = target.startsWith("@/")
        ? target.slice(2)
        : normalize(join(dirname(file), target));
      const [from, to] = [room(file), room(path)];
      if (FREE.includes(path) || from === to || isPartForThePage(file, path)) continue;
      const allowed = MAY_IMPORT[from] ?? [];
      if (!MAY_IMPORT_ALL.includes(from) && !allowed.includes(to)) {
        faults.push(`${file} imports ${path}`);
      } else if (path !== to && path !== `${to}/mod.ts` && !isPartForNotebooks(file, path)) {
        faults.push(`${file} imports ${path}, not ${to}/mod.ts`);
      }
    }
  }
  assert.deepEqual(faults, []);
});

Deno.test("the two analog models never know each other; the room knows each by its mod.ts", () => {
  const faults: string[] = [];
  const models = ["analog/tiles", "analog/arrays"];
  for (const [file, text] of sources("src/analog")) {
    const inside = models.find((model) => file.startsWith(model + "/"));
    for (const target of imports(text).filter((target) => target.startsWith("."))) {
      const path = normalize(join(dirname(file), target));
      const into = models.find((model) => path.startsWith(model + "/"));
      if (into === undefined || into === inside) continue;
      if (inside !== undefined || path !== `${into}/mod.ts`) faults.push(`${file} imports ${path}`);
    }
  }
  assert.deepEqual(faults, []);
});

Deno.test("a library is imported in its own room only", () => {
  const faults: string[] = [];
  for (const [file, text] of sources()) {
    for (const target of imports(text)) {
      const rooms = LIBRARY_ROOM[target.replace(/^npm:/, "").replace(/@[\d.]+$/, "")];
      if (rooms && !rooms.includes(room(file))) faults.push(`${file} imports ${target}`);
    }
  }
  assert.deepEqual(faults, []);
});

Deno.test("no unseeded chance, no model.fit, no any outside the TensorFlow border", () => {
  const faults: string[] = [];
  for (const [file, text] of sources()) {
    if (file === "backend.ts") continue;
    for (const pattern of BANNED) if (pattern.test(text)) faults.push(`${file}: ${pattern}`);
  }
  assert.deepEqual(faults, []);
});

Deno.test("figures take the study: they draw no random number and label no stream of them", () => {
  const faults: string[] = [];
  for (const [file, text] of sources("src/figure")) {
    if (/\bprng\b|\bPrng\b|random\.ts/.test(text)) faults.push(file);
  }
  assert.deepEqual(faults, []);
});

Deno.test("no module holds mutable state", () => {
  const faults: string[] = [];
  for (const [file, text] of sources()) {
    const state = MAY_HOLD_STATE.includes(file) ? null : text.match(MODULE_STATE);
    if (state !== null) faults.push(`${file}: ${state[0]}`);
  }
  assert.deepEqual(faults, []);
});

Deno.test("notebooks import the shared module only, and define no function", async () => {
  const faults: string[] = [];
  for (const path of allNotebooks("notebooks")) {
    for (const cell of codeCells(await readNotebook(path))) {
      const source = [cell.source].flat().join("");
      for (const target of imports(source)) {
        if (target !== "@/mod.ts") faults.push(`${path} imports ${target}`);
      }
      const definition = source.match(
        /\bfunction\b\s*\*?\s*\w*\s*\(.*|^(?:const|let) \w+ = (?:async )?\(.*=>/m,
      );
      if (definition !== null) faults.push(`${path} defines ${definition[0]}`);
    }
  }
  assert.deepEqual(faults, []);
});

/** A URL used as a path keeps its %-escapes, and a path written into a URL is read as escapes, # and ?. */
const URL_AS_PATH = /\.pathname\b|["'`]file:\/\/|\burlparse\b/;

Deno.test("no URL stands for a path: fileURLToPath, import.meta.dirname and URL objects do", async () => {
  const programs = async function* (folder: string): AsyncGenerator<[string, string]> {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = join(folder, name);
      if (path === join("notebooks", "own")) continue; // its owner's, free of rules
      if (isDirectory) yield* programs(path);
      else if (/\.(ts|py|sh)$/.test(name)) yield [path, await Deno.readTextFile(path)];
      else if (name.endsWith(".ipynb")) {
        const cells = codeCells(await readNotebook(path));
        yield [path, cells.map(({ source }) => [source].flat().join("")).join("\n")];
      }
    }
  };
  const faults: string[] = [];
  for (const folder of ["src", "tests", "bench", "notebooks"]) {
    for await (const [path, text] of programs(folder)) {
      const line = text.split("\n").find((line) => URL_AS_PATH.test(line));
      if (line !== undefined && !line.startsWith("const URL_AS_PATH")) {
        faults.push(`${path}: ${line.trim()}`);
      }
    }
  }
  assert.deepEqual(faults, []);
});
