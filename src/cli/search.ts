/** `deno task search`: runs a search method over many seeds and keeps the histories. */
import { Option } from "commander";
import type { AccuracyOf } from "../analyse/mod.ts";
import { InputError } from "../input_error.ts";
import { checkSetting, METHOD_IDS, METHODS, parseMethod, type Setting } from "../search/mod.ts";
import { HISTORIES_FOLDER, loadReference, parseMetric, PUBLISHED_METRICS } from "../table/mod.ts";
import { command, expectWritable, main, parseSeed, userPath } from "./command.ts";
import { completeRuns } from "./complete_runs.ts";
import { placeOf } from "./kept_histories.ts";
import { wholeNumber } from "./numbers.ts";
import { searchSummary } from "./search_summary.ts";
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
  await expectWritable(options.out);
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
  const place = placeOf(setting, options.out, options.table);
  const histories = await completeRuns(setting, seeds, accuracy, place, options.workers);
  console.log(searchSummary(histories, setting, accuracy));
}

/** The seeds of all runs. Throws InputError beyond the 32 bits in which they are stored. */
function seedList(first: number, count: number): number[] {
  if (first + count > 2 ** 32) throw new InputError("--seed is too large: stay below 2^32 - 1.");
  return Array.from({ length: count }, (_, i) => first + i);
}

await main(program);
