/**
 * The same cells at several scales of training and network, beside the published ones: which change of
 * scale takes the levels measured here towards the table's. Each larger scale is held against the replication over
 * its own cells, so that one whose units are not all finished takes nothing from the others.
 */
import type { Benchmark, ScaleRows } from "../../table/mod.ts";
import type { Row } from "../../table/schema.ts";
import { type Interval, mean, meanInterval } from "../../stats/mod.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { type Outcome, outcomeOf, take } from "../table/outcome.ts";
import { LARGER_SCALES, type LargerScale, type Scale } from "./larger_scales.ts";
import { type Replicated, replicated } from "./replicated.ts";

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

/** What one outcome is at one scale; per cent or percentage points. */
export interface LevelAtScale {
  readonly scale: Scale;
  /** By cell [n]; the replication's are means over its seeds, NaN where the cell is not measured at this scale. */
  readonly values: Float64Array;
  /** Over the cells that are measured at it. */
  readonly mean: number;
  /** Mean change from the replication over those cells, by their expressions; null but for the larger scales. */
  readonly change: Interval | null;
  /** Of that change, over those cells. */
  readonly direction: Direction | null;
}

/** One outcome of the same cells at every scale that is measured. */
export interface ScaleLevel {
  readonly outcome: (typeof SCALE_OUTCOMES)[number];
  /** The replication's scale, the larger ones, and the published one. */
  readonly at: readonly LevelAtScale[];
}

/** Cells measured at a larger scale, and their levels. */
export interface ScaleStudy {
  /** cell_index of those that the replication and a larger scale have, ascending [n]. */
  readonly cells: Int32Array;
  /** Those of them that a larger scale has; none of a scale that is not measured. */
  readonly larger: Readonly<Record<LargerScale, Int32Array>>;
  /** In the order of `SCALE_OUTCOMES`; none where no cell was measured at a larger scale. */
  readonly levels: readonly ScaleLevel[];
}

/** Levels over the cells that have all metrics at a larger scale and at the replication's, by the published protocol. */
export function scaleStudy(
  replication: readonly Row[],
  { rows, configs }: ScaleRows,
  benchmark: Benchmark,
): ScaleStudy {
  const here = replicated(replication, benchmark);
  const data = LARGER_SCALES.map((scale) => {
    const own = replicated(rows.filter(({ config_id }) => config_id === configs[scale]), benchmark);
    return { scale, own, common: here.cells.filter((cell) => own.cells.includes(cell)) };
  });
  const cells = here.cells.filter((cell) => data.some(({ common }) => common.includes(cell)));
  const measured = data.filter(({ common }) => common.length > 0);
  const levelOf = (outcome: ScaleLevel["outcome"]): ScaleLevel => {
    const valuesOf = (of: Replicated) => {
      const values = outcomeOf((metric) => of.measured[metric], outcome);
      return Float64Array.from(cells, (cell) => values[of.cells.indexOf(cell)] ?? NaN);
    };
    const from = valuesOf(here);
    const published = take(outcomeOf((metric) => benchmark.accuracy(metric), outcome), cells);
    const alone = (scale: Scale, values: Float64Array): LevelAtScale => (
      { scale, values, mean: mean(values), change: null, direction: null }
    );
    return {
      outcome,
      at: [
        alone("replication", from),
        ...measured.map(({ scale, own }) => paired(scale, cells, valuesOf(own), from, published)),
        alone("published", published),
      ],
    };
  };
  return {
    cells,
    larger: Object.fromEntries(data.map(({ scale, common }) => [scale, common])) as Record<
      LargerScale,
      Int32Array
    >,
    levels: cells.length === 0 ? [] : SCALE_OUTCOMES.map(levelOf),
  };
}

/** A larger scale beside the replication and the table, over the cells that it has. */
function paired(
  scale: LargerScale,
  cells: Int32Array,
  values: Float64Array,
  from: Float64Array,
  published: Float64Array,
): LevelAtScale {
  const places = [...values.keys()].filter((k) => Number.isFinite(values[k]));
  const [here, before, table] = [values, from, published].map((all) => take(all, places));
  const changes = here.map((value, k) => value - before[k]);
  const change = meanInterval(changes, take(EXPRESSIONS, take(cells, places)));
  const distance = (of: Float64Array) => Math.abs(mean(of) - mean(table));
  const isOpen = change.low <= 0 && change.high >= 0;
  const direction = isOpen ? "open" : distance(here) < distance(before) ? "nearer" : "farther";
  return { scale, values, mean: mean(here), change, direction };
}
