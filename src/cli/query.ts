/** `deno task query`: the benchmark asked from a shell. */
import { Option } from "commander";
import { InputError } from "../input_error.ts";
import {
  type Benchmark,
  bestCells,
  type BestCellsOptions,
  type CellReport,
  loadReference,
  type Metric,
  type Neighbour,
  neighbourhood,
  parseMetric,
  PUBLISHED_METRICS,
  queryCell,
  queryIsomorphic,
} from "../table/mod.ts";
import { command, main, userPath } from "./command.ts";
import { decimal, wholeNumber } from "./numbers.ts";
import { textTable } from "./text_table.ts";

interface Options {
  readonly cell?: string;
  readonly isomorphic?: string;
  readonly neighbours?: string;
  readonly best?: string;
  readonly metric?: string;
  readonly top: number;
  readonly maxParameters?: number;
  readonly maxMacs?: number;
  readonly maxTiles?: number;
  readonly maxEnergy?: number;
  readonly atLeast?: readonly Floor[];
  readonly distinct?: boolean;
  readonly json?: boolean;
  readonly table?: string;
}

/** A metric as it was typed, which the table will know, and the least accuracy under it in per cent. */
type Floor = readonly [string, number];

/** Adds a floor "METRIC=PERCENT" to those given before it. */
function floor(text: string, floors: readonly Floor[] = []): readonly Floor[] {
  const [name, value, ...more] = text.split("=");
  if (value === undefined || more.length > 0) {
    throw new InputError(`--at-least wants METRIC=PERCENT, e.g. baseline=92, not "${text}".`);
  }
  return [...floors, [name, decimal(`--at-least ${name}`, 0, 100)(value)]];
}

/** Floors by metric, as the table names them. Throws InputError where one metric has two. */
function byMetric(floors: readonly Floor[], named: (text: string) => Metric) {
  const result: Record<string, number> = {};
  for (const [text, least] of floors) {
    const metric = named(text);
    if (Object.hasOwn(result, metric)) {
      throw new InputError(`--at-least names ${metric} twice; give one floor for each metric.`);
    }
    result[metric] = least;
  }
  return result;
}

/** An option that has a meaning together with --best only. */
const ofBest = (flags: string, description: string) =>
  new Option(flags, `with --best: ${description}`).conflicts(["cell", "isomorphic", "neighbours"]);

const program = command("query", "Asks the published benchmark about cells.")
  .option(
    "--cell <cell>",
    "all numbers of one cell: tuple, six digits, cell_index (the tuple read in base 5; not NAS-Bench-201's own index) or NAS-Bench-201 string",
  )
  .option(
    "--isomorphic <cell>",
    "the cells of one isomorphism class by the published rule, and their numbers",
  )
  .option("--neighbours <cell>", "the 24 cells one edge away, best first")
  .option("--best <metric>", "the best cells by a metric")
  .option("--metric <metric>", "show this metric; with --neighbours: rank by it, else by hwt@1d")
  .addOption(ofBest("--top <n>", "how many").argParser(wholeNumber("--top", 1)).default(10))
  .addOption(
    ofBest("--max-parameters <n>", "parameters at C = 16, N = 5")
      .argParser(decimal("--max-parameters")),
  )
  .addOption(ofBest("--max-macs <n>", "multiply-adds of an image").argParser(decimal("--max-macs")))
  .addOption(ofBest("--max-tiles <n>", "crossbars of 512 x 512").argParser(decimal("--max-tiles")))
  .addOption(
    ofBest("--max-energy <uJ>", "microjoules an image on a chip, by the model of src/chip")
      .argParser(decimal("--max-energy")),
  )
  .addOption(ofBest("--at-least <metric=percent>", "floor of a metric").argParser(floor))
  .addOption(ofBest(
    "--distinct",
    "one cell of each isomorphism class by the published rule, other than the explorer's functions, which are equal as trained networks",
  ))
  .option("--json", "print JSON, unrounded")
  .option("--table <file>", "ask this table instead of the committed one", userPath)
  .addHelpText(
    "after",
    `
Metrics: ${PUBLISHED_METRICS.join(" ")}; the published names too. A table of your
own may hold others: a condition of your own, another time (hwt@1y, noisy@27s).
Energy, time and area are estimates of a model with typical constants of published chips, not
measured: src/chip/constants.ts says which and whose.

Examples:
  deno task query --cell "(2,2,0,4,2,1)"
  deno task query --best hwt@1d --top 10 --max-parameters 500000
  deno task query --best hwt@1d --max-energy 30
  deno task query --neighbours 220421 --metric analog_drift_86400 --json`,
  )
  .action(async (options: Options) => {
    const { value, text } = answer(await loadReference(options.table), options);
    console.log(options.json ? JSON.stringify(value, null, 2) : text);
  });

/** The answer to the one question in `options`: as a value for JSON, and as text to read. */
function answer(benchmark: Benchmark, options: Options): { value: unknown; text: string } {
  const { cell, isomorphic, neighbours, best } = options;
  if ([cell, isomorphic, neighbours, best].filter((asked) => asked !== undefined).length !== 1) {
    throw new InputError(
      "Ask one question: --cell, --isomorphic, --neighbours or --best. See --help.",
    );
  }
  const named = (text: string) => heldMetric(benchmark, text);
  const metric = options.metric === undefined ? null : named(options.metric);
  const held = (...metrics: Metric[]) => metrics.filter((m) => benchmark.metrics.includes(m));
  if (cell !== undefined) {
    const report = queryCell(benchmark, cell);
    return { value: report, text: details(report, metric === null ? benchmark.metrics : [metric]) };
  }
  if (isomorphic !== undefined) {
    const reports = queryIsomorphic(benchmark, isomorphic);
    return {
      value: reports,
      text: list(reports, metric ? [metric] : held("baseline", "hwt", "hwt@1d")),
    };
  }
  if (neighbours !== undefined) {
    const by = metric ?? "hwt@1d", near = neighbourhood(benchmark, neighbours, by);
    return { value: near, text: steps(near, by) };
  }
  const by = named(best!), atLeast = byMetric(options.atLeast ?? [], named);
  const reports = bestCells(benchmark, by, { ...options, atLeast });
  if (reports.length === 0) throw noCell(benchmark, by, { ...options, atLeast });
  const shown = new Set<Metric>([by, ...held("baseline"), ...(metric === null ? [] : [metric])]);
  return { value: reports, text: list(reports, [...shown]) };
}

/** Which limits, each alone, leave no cell; where none does, that only all of them together exclude all. */
function noCell(benchmark: Benchmark, by: Metric, limits: BestCellsOptions): InputError {
  const names = {
    maxParameters: "--max-parameters",
    maxMacs: "--max-macs",
    maxTiles: "--max-tiles",
    maxEnergy: "--max-energy",
  } as const;
  const alone = (limit: BestCellsOptions) =>
    bestCells(benchmark, by, { ...limit, top: 1 }).length === 0;
  const sizes = Object.entries(names).flatMap(([key, option]) => {
    const value = limits[key as keyof typeof names];
    return value !== undefined && alone({ [key]: value })
      ? [`${option} ${value} excludes all`]
      : [];
  });
  const floors = Object.entries(limits.atLeast ?? {}).flatMap(([metric, least]) => {
    const highest = benchmark.accuracy(metric).reduce((a, b) => Math.max(a, b));
    return least > highest
      ? [`--at-least ${metric}=${least} excludes all, the highest is ${highest.toFixed(2)}`]
      : [];
  });
  const found = [...sizes, ...floors].join("; ");
  return new InputError(
    `No cell meets all constraints. ${
      found === "" ? "Each alone leaves some, all together none" : found
    }. Loosen it.`.replace("none. Loosen it", "none. Loosen one"),
  );
}

/** The metric that `text` names. Throws InputError where the table lacks it. */
function heldMetric(benchmark: Benchmark, text: string): Metric {
  const metric = parseMetric(text, benchmark.metrics);
  benchmark.accuracy(metric);
  return metric;
}

/** Neighbours, one a line. */
function steps(near: readonly Neighbour[], metric: Metric): string {
  return textTable(
    ["cell", "edge", "instead of", "operation", `${metric} %`, "difference"],
    near.map(({ report, edge, from, to, difference_pp }) => [
      report.cell,
      edge,
      from,
      to,
      report.accuracy_pct[metric].toFixed(2),
      (difference_pp < 0 ? "" : "+") + difference_pp.toFixed(2),
    ]),
  );
}

/** One cell, a line for each metric. */
function details(report: CellReport, metrics: readonly Metric[]): string {
  const lines = metrics.map((metric) => [
    metric,
    report.accuracy_pct[metric].toFixed(2),
    report.accuracy_sd_pct[metric]?.toFixed(2) ?? "",
  ]);
  return [
    `cell ${report.cell}, cell_index ${report.cell_index} ` +
    `(NAS-Bench-201's own index: ${report.nas_bench_201_index})`,
    report.arch_str,
    `${report.parameters} parameters, ${report.macs} MACs, ${report.tiles} crossbars, ` +
    `depth ${report.depth}, width ${report.width}`,
    `on a chip, by the model: ${report.energy_uJ.toFixed(2)} uJ and ${
      report.latency_us.toFixed(0)
    } us an image, ${report.area_mm2.toFixed(0)} mm2`,
    "",
    textTable(["metric", "accuracy %", "SD"], lines),
  ].join("\n");
}

/** Several cells, one a line. */
function list(reports: readonly CellReport[], metrics: readonly Metric[]): string {
  return textTable(
    [
      "cell",
      "index",
      ...metrics.map((metric) => `${metric} %`),
      "parameters",
      "MACs",
      "crossbars",
      "uJ (model)",
    ],
    reports.map((report) => [
      report.cell,
      report.cell_index,
      ...metrics.map((metric) => report.accuracy_pct[metric].toFixed(2)),
      report.parameters,
      report.macs,
      report.tiles,
      report.energy_uJ.toFixed(2),
    ]),
  );
}

await main(program);
