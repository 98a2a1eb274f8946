/**
 * The same cells at several scales of training and network, beside the published ones: which change of
 * scale takes the levels measured here towards the table's.
 */
import type { Benchmark, ScaleRows, Spent, UnitRecord } from "../../table/mod.ts";
import type { Row } from "../../table/schema.ts";
import { type Interval, mean, meanInterval } from "../../stats/mod.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { type Outcome, outcomeOf, take } from "../table/outcome.ts";
import { replicated } from "./replicated.ts";

/** Scales other than the replication's, by their names in the study's plan. */
export const LARGER_SCALES = ["longer", "deeper"] as const;
export type LargerScale = (typeof LARGER_SCALES)[number];

/** What scale could act on: the level of accuracy, and what hardware and drift cost. */
export const SCALE_OUTCOMES = [
  "baseline",
  "noisy_gap",
  "drift_drop.noisy",
  "hwt_gap",
  "hwt_gap@1d",
  "drift_drop.hwt",
] as const satisfies readonly Outcome[];

/** Whether a change of scale takes a level towards the published one; open: its interval reaches 0. */
export type Direction = "nearer" | "farther" | "open";

/** One outcome of the same cells at every scale; per cent or percentage points. */
export interface ScaleLevel {
  readonly outcome: (typeof SCALE_OUTCOMES)[number];
  /** By cell [n]; the replication's are means over its seeds. */
  readonly values: Readonly<Record<"replication" | LargerScale | "published", Float64Array>>;
  /** Their means over the cells. */
  readonly mean: Readonly<Record<"replication" | LargerScale | "published", number>>;
  /** Mean change from the replication's scale; interval by expression of the cells. */
  readonly change: Readonly<Record<LargerScale, Interval>>;
  readonly direction: Readonly<Record<LargerScale, Direction>>;
}

/** Cells measured at every scale, and their levels. */
export interface ScaleStudy {
  /** cell_index, ascending [n]. */
  readonly cells: Int32Array;
  /** In the order of `SCALE_OUTCOMES`; none where no cell was measured at every scale. */
  readonly levels: readonly ScaleLevel[];
}

/**
 * How many times as long the longer scale trains as the replication, and how many times as many cells a stage the
 * deeper one has; null where no unit of a larger scale is finished.
 */
export function timesLarger({ units }: Spent): Readonly<Record<LargerScale, number>> | null {
  const larger = units.scale?.finished ?? [], { finished } = units.replication;
  if (larger.length === 0) return null;
  const ratio = (size: (config: UnitRecord["config"]) => number) => {
    const most = (of: readonly UnitRecord[]) => Math.max(...of.map(({ config }) => size(config)));
    return most(larger) / most(finished);
  };
  return {
    longer: ratio(({ training }) => training.epochs),
    deeper: ratio(({ network }) => network.cellsPerStage ?? 0),
  };
}

/** Levels over the cells that have all metrics at every scale under the published protocol. */
export function scaleStudy(
  replication: readonly Row[],
  { rows, configs }: ScaleRows,
  benchmark: Benchmark,
): ScaleStudy {
  const of = (scale: LargerScale) =>
    replicated(rows.filter(({ config_id }) => config_id === configs[scale]), benchmark);
  const data = {
    replication: replicated(replication, benchmark),
    longer: of("longer"),
    deeper: of("deeper"),
  };
  const cells = data.replication.cells.filter((cell) =>
    LARGER_SCALES.every((scale) => data[scale].cells.includes(cell))
  );
  if (cells.length === 0) return { cells, levels: [] };
  const measured = (scale: keyof typeof data, outcome: Outcome) => {
    const places = Array.from(cells, (cell) => data[scale].cells.indexOf(cell));
    return take(outcomeOf((metric) => data[scale].measured[metric], outcome), places);
  };
  const levels = SCALE_OUTCOMES.map((outcome): ScaleLevel => {
    const values = {
      replication: measured("replication", outcome),
      longer: measured("longer", outcome),
      deeper: measured("deeper", outcome),
      published: take(outcomeOf((metric) => benchmark.accuracy(metric), outcome), cells),
    };
    const means = {
      replication: mean(values.replication),
      longer: mean(values.longer),
      deeper: mean(values.deeper),
      published: mean(values.published),
    };
    const changeTo = (scale: LargerScale) =>
      meanInterval(
        values[scale].map((value, k) => value - values.replication[k]),
        take(EXPRESSIONS, cells),
      );
    const change = { longer: changeTo("longer"), deeper: changeTo("deeper") };
    const direction = (scale: LargerScale): Direction => {
      const { low, high } = change[scale];
      if (low <= 0 && high >= 0) return "open";
      const distance = (at: keyof typeof data) => Math.abs(means[at] - means.published);
      return distance(scale) < distance("replication") ? "nearer" : "farther";
    };
    return {
      outcome,
      values,
      mean: means,
      change,
      direction: { longer: direction("longer"), deeper: direction("deeper") },
    };
  });
  return { cells, levels };
}
