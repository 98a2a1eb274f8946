/** How far two memories rank cells alike, and how far the noise of their programming lets them. */
import { expectedTau, type Interval, kendallInterval, type Noisy } from "../../stats/mod.ts";
import {
  INFERENCE_TIMES_S,
  type Metric,
  metricParts,
  metricText,
  type Row,
} from "../../table/schema.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { carryInterval, type CellAccuracies } from "../replication/replicated.ts";
import {
  type AnalogCondition,
  type Memory,
  nearestReading,
  type Reading,
  timesApart,
} from "./memories.ts";
import { oneEventErrors, readsOf } from "./own_noise.ts";

/** A reading with the name of its memory. */
export interface NamedReading {
  readonly device: string;
  readonly metric: Metric;
}

/** Rank agreement of two readings of one condition. */
export interface OrderPair {
  readonly a: NamedReading;
  readonly b: NamedReading;
  /** Tau-b over the cells; interval from its influence values, clustered by expression. */
  readonly tau: Interval;
  /**
   * Tau-b to be expected of one order measured twice, given the spread of the programming events behind both
   * means, drawn independently. Test images are the same in all readings of memories, so that they take nothing
   * from it; the replication's own rows are of more images, which is left out.
   */
  readonly ceiling: number;
  /** Cells that both have. */
  readonly cells: number;
}

/** Agreement of one reading with what it can be held against. */
export interface ReadingAgreement extends NamedReading {
  readonly condition: AnalogCondition;
  readonly t_inference_s: number;
  /** With AIHWKit's reading nearest in time; null for AIHWKit's own, and for too few cells. */
  readonly aihwkit: OrderPair | null;
  /**
   * With the replication's own rows, AIHWKit's model under the published protocol, at the time nearest to it.
   * Their one programming event is taken to scatter as AIHWKit's many do, or where those are not measured as
   * the arrays' PCM does, which has nearly AIHWKit's programming error; of its reads they are the mean. Here the
   * ceiling is a lower bound: errors count as normal and independent, but of single events a few fall far and most
   * hardly, and all cells share the deviates of one event. Null for too few cells.
   */
  readonly own: OrderPair | null;
  /** With the published metric nearest in time. */
  readonly published: { readonly metric: Metric; readonly tau: Interval };
}

/** Means over programming events and their standard errors, of the cells at `places`. */
const noisy = ({ accuracy_pct, sd_pct, events }: Reading, places: ArrayLike<number>): Noisy => ({
  mean: take(accuracy_pct, places),
  error: take(sd_pct, places).map((sd) => sd / Math.sqrt(events)),
});

const tauOf = (x: ArrayLike<number>, y: ArrayLike<number>, cells: Int32Array): Interval => {
  const { estimate, low, high } = kendallInterval(x, y, take(EXPRESSIONS, cells));
  return { estimate, low: Math.max(low, -1), high: Math.min(high, 1) };
};

/** Null for cells of fewer expressions than an interval wants. */
function pairOf(first: Memory, a: Reading, second: Memory, b: Reading): OrderPair | null {
  const cells = first.cells.filter((cell) => second.cells.includes(cell));
  if (!carryInterval(take(EXPRESSIONS, cells))) return null;
  const x = noisy(a, cells.map((cell) => first.cells.indexOf(cell)));
  const y = noisy(b, cells.map((cell) => second.cells.indexOf(cell)));
  return {
    a: { device: first.device, metric: a.metric },
    b: { device: second.device, metric: b.metric },
    tau: tauOf(x.mean, y.mean, cells),
    ceiling: expectedTau(x, y),
    cells: cells.length,
  };
}

/** All pairs of readings after programming, of one condition; those of one memory share its events. */
export function orderPairs(
  memories: readonly Memory[],
  condition: AnalogCondition,
): readonly OrderPair[] {
  const all = memories.flatMap((memory) =>
    memory.readings.filter((r) => r.condition === condition && r.t_inference_s !== null)
      .map((reading) => ({ memory, reading }))
  );
  return all.flatMap((a, i) =>
    all.slice(i + 1).flatMap((b) => pairOf(a.memory, a.reading, b.memory, b.reading) ?? [])
  );
}

/** A reading against the rows of the replication, of one event each that scatters as those of `alike`. */
function withOwn(
  memory: Memory,
  reading: Reading,
  { cells, measured }: CellAccuracies,
  metric: Metric,
  alike: Memory,
  rows: readonly Row[],
): OrderPair | null {
  const common = memory.cells.filter((cell) => cells.includes(cell) && alike.cells.includes(cell));
  if (!carryInterval(take(EXPRESSIONS, common))) return null;
  const places = (of: Int32Array) => common.map((cell) => of.indexOf(cell));
  const spread = nearestReading(alike, reading.condition, metricParts(metric).t_inference_s!);
  const x = noisy(reading, places(memory.cells)), reads = readsOf(rows, metric);
  const there = places(alike.cells), own = take(measured[metric]!, places(cells));
  // Distances between cells as many events give them: those of one event are widened by its error.
  const y = {
    mean: take(spread.accuracy_pct, there),
    error: oneEventErrors(
      take(spread.sd_pct, there),
      Array.from(common, (cell) => reads.get(cell)!),
    ),
  };
  return {
    a: { device: memory.device, metric: reading.metric },
    b: { device: "pcm", metric },
    tau: tauOf(x.mean, own, common),
    ceiling: expectedTau(x, y),
    cells: common.length,
  };
}

/** Published time nearest to `t_s` on the logarithmic scale of drift, 1 s added. */
const publishedTime_s = (t_s: number): number =>
  Object.values(INFERENCE_TIMES_S).toSorted((a, b) => timesApart(a, t_s) - timesApart(b, t_s))[0];

/**
 * Agreement of every reading after programming with AIHWKit's and with the published table.
 *
 * @param rows of the replication, for the scatter of its reads
 */
export function readingAgreements(
  memories: readonly Memory[],
  replication: CellAccuracies,
  rows: readonly Row[],
  published: (metric: Metric) => Float64Array,
): readonly ReadingAgreement[] {
  const tiles = memories.find(({ simulator }) => simulator === "aihwkit");
  const bridge = memories.find(({ device }) => device === "pcm_joshi");
  const alike = bridge === undefined || (tiles?.cells.length ?? 0) >= bridge.cells.length
    ? tiles
    : bridge;
  return memories.flatMap((memory) =>
    memory.readings.flatMap((reading): ReadingAgreement[] => {
      const { condition, t_inference_s, metric, accuracy_pct } = reading;
      if (t_inference_s === null || !carryInterval(memory.clusters)) return [];
      const there = metricText(condition, publishedTime_s(t_inference_s));
      return [{
        ...{ device: memory.device, metric, condition, t_inference_s },
        aihwkit: tiles === undefined || tiles === memory ? null : pairOf(
          memory,
          reading,
          tiles,
          nearestReading(tiles, condition, t_inference_s),
        ),
        own: alike === undefined ? null : withOwn(memory, reading, replication, there, alike, rows),
        published: {
          metric: there,
          tau: tauOf(accuracy_pct, take(published(there), memory.cells), memory.cells),
        },
      }];
    })
  );
}

/** What a reading is held against on AIHWKit's side: many events, where at least half of the cells have them. */
export const onTiles = ({ aihwkit, own }: ReadingAgreement): OrderPair | null =>
  aihwkit !== null && 2 * aihwkit.cells >= (own?.cells ?? 0) ? aihwkit : own;

/** Tau-b to be expected between the mean of many programming events and a single one, by metric. */
export function singleEventTaus(
  { readings, cells }: Memory,
): readonly { readonly metric: Metric; readonly tau: number }[] {
  return readings.filter(({ t_inference_s }) => t_inference_s !== null).map((reading) => {
    const mean = noisy(reading, cells.map((_, k) => k));
    return {
      metric: reading.metric,
      tau: expectedTau(mean, { mean: mean.mean, error: reading.sd_pct }),
    };
  });
}
