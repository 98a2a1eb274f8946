/** `deno task search`: runs a search method over many seeds and keeps the histories. */
import { Option } from "commander";
import { type AccuracyOf, foundAfter, incumbents, maximum, searchCurve } from "../analyse/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import { withLock } from "../lock.ts";
import {
  checkSetting,
  joinRuns,
  keptRuns,
  MACS_PER_SECOND,
  METHOD_IDS,
  METHODS,
  parseMethod,
  type Runs,
  runSeeds,
  type Setting,
  STREAM,
  visibleMetrics,
} from "../search/mod.ts";
import {
  type Histories,
  HISTORIES_FOLDER,
  historiesFile,
  loadReference,
  parseMetric,
  PUBLISHED_METRICS,
  readHistories,
  REFERENCE,
  writeHistories,
} from "../table/mod.ts";
import { command, main, parseSeed, userPath } from "./command.ts";
import { wholeNumber } from "./numbers.ts";
import { withProgress } from "./progress.ts";
import { textTable } from "./text_table.ts";

interface Options {
  readonly method: string;
  readonly metric: string;
  readonly queries: number;
  readonly seeds: number;
  readonly seed: number;
  readonly out: string;
  readonly table?: string;
  readonly workers: number;
}

/** Milliseconds between two writes of unfinished work. */
const CHECKPOINT_MS = 5000;

const program = command("search", "Runs a search method on a metric, over many seeds.")
  .addOption(new Option("--method <id>", "the method, see below").makeOptionMandatory())
  .option("--metric <metric>", "the metric that guides the search and judges it", "hwt@1d")
  .option("--queries <n>", "budget of each run", wholeNumber("--queries", 1), 200)
  .option("--seeds <n>", "number of runs", wholeNumber("--seeds", 1), 50)
  .option("--seed <n>", "seed of the first run; the others follow", parseSeed, 1)
  .addOption(
    new Option("--out <folder>", "where histories are kept and looked for")
      .default(HISTORIES_FOLDER, "data/search"),
  )
  .option("--table <file>", "search this table instead of the published one", userPath)
  .option(
    "--workers <n>",
    "runs at a time",
    wholeNumber("--workers", 1),
    navigator.hardwareConcurrency,
  )
  .addHelpText(
    "after",
    `
Methods:
${
      textTable(["id", "what it does"], METHOD_IDS.map((id) => [id, METHODS[id].description]))
        .split("\n").slice(1).map((line) => `  ${line}`).join("\n")
    }
Metrics: ${PUBLISHED_METRICS.join(" ")}; the published names too. A table of your
own is searched on whatever it holds.

Seeds that are stored with at least as many queries are not run again; after an interruption the same
command goes on where it stopped.

Example:
  deno task search --method regularized_evolution --metric hwt@1d --queries 200 --seeds 500`,
  )
  .action(run);

async function run(options: Options): Promise<void> {
  const benchmark = await loadReference(options.table);
  const setting: Setting = {
    method: parseMethod(options.method),
    metric: parseMetric(options.metric, benchmark.metrics),
    queries: options.queries,
  };
  checkSetting(setting, options.seeds);
  const seeds = seedList(options.seed, options.seeds);
  const accuracy: AccuracyOf = (metric) => benchmark.accuracy(metric);
  accuracy(setting.metric); // refuses at once what the table lacks
  const histories = await complete(setting, seeds, accuracy, options);
  console.log(summary(histories, setting, accuracy));
}

/** The seeds of all runs. Throws InputError beyond the 32 bits in which they are stored. */
function seedList(first: number, count: number): number[] {
  if (first + count > 2 ** 32) throw new InputError("--seed is too large: stay below 2^32 - 1.");
  return Array.from({ length: count }, (_, i) => first + i);
}

/** Where the histories of a setting are stored, and as what. */
interface Place {
  readonly path: string;
  /** What is not finished, stored as it goes. */
  readonly unfinished: string;
  readonly guide: Setting["metric"] | null;
  readonly configOf: ConfigOf;
}

/** Runs the seeds that are not yet stored, storing as it goes, and returns those asked for. */
async function complete(
  setting: Setting,
  seeds: readonly number[],
  accuracy: AccuracyOf,
  { out, table, workers }: Options,
): Promise<Histories> {
  const { method, metric, queries } = setting;
  const guide = METHODS[method].blind ? null : metric;
  const path = `${out}/${historiesFile(method, guide)}`;
  const place: Place = {
    path,
    unfinished: path.replace(/parquet$/, "part.parquet"),
    guide,
    configOf: (length, count) => resolved(setting, length, count, table),
  };
  const isComplete = ({ runs }: Stored) => seeds.every((seed) => runs.has(seed));
  let stored = await load(place, queries);
  if (!isComplete(stored)) {
    // Another search may add to the same file: read, run and write are one.
    stored = await withLock(`${path}.lock`, async () => {
      const now = await load(place, queries);
      return isComplete(now)
        ? now
        : await runMissing(setting, seeds, now, accuracy, place, workers);
    });
  }
  const { runs, length } = stored;
  console.error(`${runs.size} runs of ${length} queries in ${path}`);
  return joinRuns(method, guide, new Map(seeds.map((seed) => [seed, runs.get(seed)!])));
}

/** Runs, by seed, and their common length. */
interface Stored {
  readonly runs: Runs;
  readonly length: number;
}

/** The stored runs of at least that many queries, finished or not. */
async function load({ path, unfinished, configOf }: Place, queries: number): Promise<Stored> {
  const files = [await loadFile(path, configOf), await loadFile(unfinished, configOf)];
  const kept = files.filter((h) => h !== null && h.queries >= queries) as Histories[];
  const length = Math.max(queries, ...kept.map((histories) => histories.queries));
  return { runs: new Map(kept.flatMap((histories) => [...keptRuns(histories, length)])), length };
}

async function runMissing(
  setting: Setting,
  seeds: readonly number[],
  stored: Stored,
  accuracy: AccuracyOf,
  place: Place,
  workers: number,
): Promise<Stored> {
  const { method, metric } = setting, { length } = stored;
  const runs = new Map(stored.runs), missing = seeds.filter((seed) => !runs.has(seed));
  let written = Date.now();
  await withProgress(`${method} ${metric}`, seeds.length, async (onProgress) => {
    let done = seeds.length - missing.length;
    onProgress(done);
    await runSeeds(
      { ...setting, queries: length },
      accuracy,
      missing,
      workers,
      async (answer) => {
        for (const [seed, history] of answer) runs.set(seed, history);
        onProgress(done += answer.length);
        if (Date.now() - written < CHECKPOINT_MS) return;
        written = Date.now();
        await store(place.unfinished, runs, method, place);
      },
    );
  });
  await store(place.path, runs, method, place);
  for (const file of [place.unfinished, configPath(place.unfinished)]) {
    await Deno.remove(file).catch(() => {});
  }
  return { runs, length };
}

const configPath = (path: string) => path.replace(/parquet$/, "json");

/** Everything that decides a history, and how many there are. */
function resolved({ method, metric }: Setting, queries: number, runs: number, table?: string) {
  const { options, initial, blind } = METHODS[method];
  return {
    method,
    guide: blind ? null : metric,
    visible: blind ? null : visibleMetrics(method, metric),
    initial,
    options,
    random_stream: STREAM,
    table: table ?? { sha256: REFERENCE.sha256 },
    simulated_macs_per_second: MACS_PER_SECOND,
    queries,
    runs,
  };
}

type ConfigOf = (queries: number, runs: number) => ReturnType<typeof resolved>;

async function store(
  path: string,
  runs: Runs,
  method: Setting["method"],
  { guide, configOf }: Place,
): Promise<void> {
  const histories = joinRuns(method, guide, runs);
  const config = configOf(histories.queries, histories.seeds.length);
  await writeFileAtomically(configPath(path), JSON.stringify(config, null, 2) + "\n");
  await writeHistories(path, histories);
}

/** Stored histories; null where there are none. Throws InputError where they have another config. */
async function loadFile(path: string, configOf: ConfigOf): Promise<Histories | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(configPath(path));
    await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const histories = await readHistories(path);
  const expected = JSON.stringify(configOf(histories.queries, histories.seeds.length), null, 2);
  if (text.trim() !== expected) {
    throw new InputError(
      `${path} was made with other settings than these (see ${configPath(path)}). Choose another ` +
        "folder with --out, or remove both files.",
    );
  }
  return histories;
}

/** What the runs found, after some numbers of queries. */
function summary(histories: Histories, { metric, queries }: Setting, accuracy: AccuracyOf): string {
  const truth = accuracy(metric), optimum = maximum(truth);
  const cells = incumbents(histories, accuracy, metric);
  const found = (query: number) => foundAfter(cells, histories.queries, query, truth);
  const at = [...[20, 50, 100, 200, 500, 1000, 5000].filter((q) => q < queries), queries];
  const head = ["queries", "q25", "median", "q75", "mean", "regret", "within 0.5", "within 1"];
  const lines = searchCurve(found, optimum, at).map((s) => [
    s.query,
    ...[s.q25, s.median, s.q75, s.mean, s.regret, s.within_half, s.within_one].map((v) =>
      v.toFixed(3)
    ),
  ]);
  return `${histories.method}, ${metric}, ${histories.seeds.length} runs, optimum ${optimum} %\n` +
    textTable(head, lines);
}

await main(program);
