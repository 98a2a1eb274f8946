/**
 * Cells by their number of linear paths, and what two or more cost at equal operations. Exploratory: the
 * contrast was found in this table, so that its intervals say how steady it is here and are no test.
 */
import { median } from "simple-statistics";
import { cellAt, linearPaths, liveEdges, type Operation } from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import {
  denseLabels,
  drawsOf,
  type Interval,
  mean,
  percentileInterval,
  resampledSums,
  type Resamples,
} from "../../stats/mod.ts";
import { CONNECTED } from "./features.ts";
import { type Outcome, outcomeValues, take } from "./outcome.ts";

/** An edge count is 0 to 6. */
const COUNTS = 7;
/** What `liveCounts` says without the skips: equal for cells of one expression but for shared weights. */
export const withoutSkips = (counts: number): number => counts % COUNTS ** 3;

/** Per cent. Above the first a cell is able on the baseline; at most the second of it is left under `noisy`: it collapsed. */
export const ABLE_BASELINE = 88, COLLAPSED_NOISY = 15;

/** Able cells with one number of linear paths. */
export interface LinearPathGroup {
  readonly linear_paths: number;
  readonly cells: number;
  /** Share that collapsed, 0..1. */
  readonly collapsed: Interval;
  /** Median of each outcome asked for, per cent or points. */
  readonly median: Readonly<Record<string, number>>;
}

/**
 * Groups by number of linear paths, ascending, those without an able cell left out. Intervals of shares are
 * percentiles of resamples, which stay between 0 and 1 where nearly all or nearly no cells collapse.
 *
 * @param resamples of all cells, by cell_index
 */
export function linearPathGroups(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
  resamples: Resamples,
): readonly LinearPathGroup[] {
  const baseline = benchmark.accuracy("baseline"), noisy = benchmark.accuracy("noisy");
  const collapsed = noisy.map((accuracy) => accuracy <= COLLAPSED_NOISY ? 1 : 0);
  const one = new Float64Array(noisy.length).fill(1);
  const able = Array.from(CONNECTED).filter((i) => baseline[i] > ABLE_BASELINE);
  const groups = Map.groupBy(able, (i) => linearPaths(cellAt(i)));
  return [...groups].sort(([a], [b]) => a - b).map(([linear_paths, cells]) => {
    const [sizes, sums] = resampledSums(resamples, [one, collapsed], cells);
    const shares = sums.map((sum, r) => sum / sizes[r]);
    return {
      linear_paths,
      cells: cells.length,
      collapsed: percentileInterval(mean(take(collapsed, cells)), shares),
      median: Object.fromEntries(outcomes.map((outcome) => [
        outcome,
        median(Array.from(take(outcomeValues(benchmark, outcome), cells))),
      ])),
    };
  });
}

/** An outcome of cells with two or more linear paths less that of cells with one or none. */
export interface LinearPathContrast {
  readonly outcome: Outcome;
  /** Percentage points. */
  readonly mean: Interval;
  /** Strata that hold both kinds, and the cells of each kind in them. */
  readonly strata: number;
  readonly cells_many: number;
  readonly cells_few: number;
}

/**
 * The contrast within strata of equal numbers of live edges of each operation, so that the two sides have
 * the same layers and differ in how these are joined. Strata weigh as their smaller side.
 *
 * Interval: bootstrap over clusters, strata and weights formed again in each resample.
 */
export function linearPathContrast(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
  resamples: Resamples,
): readonly LinearPathContrast[] {
  const columns = outcomes.map((o) => outcomeValues(benchmark, o));
  const isMany = (cell_index: number) => linearPaths(cellAt(cell_index)) > 1;
  // a stratum of one kind alone tells nothing, in no resample
  const both = Map.groupBy(CONNECTED, liveCounts).values()
    .filter((members) => new Set(members.map(isMany)).size === 2).toArray();
  const cells = both.flat().sort((a, b) => a - b), many = cells.map((i) => isMany(i) ? 1 : 0);
  const strata = denseLabels(cells.map(liveCounts));
  // cells of one cluster, stratum and side are drawn together: added up first
  const { labels, count } = resamples;
  const parts = denseLabels(
    cells.map((i, k) => 2 * (labels[i] * strata.count + strata.labels[k]) + many[k]),
  );
  const cluster = new Int32Array(parts.count), slot = new Int32Array(parts.count);
  // of each part: number of cells, then the sum of each outcome
  const width = 1 + columns.length, total = new Float64Array(parts.count * width);
  cells.forEach((i, k) => {
    const part = parts.labels[k];
    cluster[part] = labels[i];
    slot[part] = 2 * strata.labels[k] + many[k];
    total[part * width]++;
    columns.forEach((y, m) => total[part * width + 1 + m] += y[i]);
  });
  const contrast = (draws: ArrayLike<number>): number[] => {
    // [stratum][few, many] of the same
    const sides = new Float64Array(2 * strata.count * width);
    for (let part = 0; part < parts.count; part++) {
      const times = draws[cluster[part]], from = part * width, to = slot[part] * width;
      for (let k = 0; k < width; k++) sides[to + k] += times * total[from + k];
    }
    return columns.map((_, m) => {
      let weight = 0, weighted = 0;
      for (let few = 0; few < sides.length; few += 2 * width) {
        const many = few + width, w = Math.min(sides[few], sides[many]);
        if (w === 0) continue;
        weight += w;
        weighted += w * (sides[many + 1 + m] / sides[many] - sides[few + 1 + m] / sides[few]);
      }
      return weighted / weight;
    });
  };
  const estimates = contrast(new Uint8Array(count).fill(1));
  const replicates = Array.from(
    { length: resamples.size },
    (_, r) => contrast(drawsOf(resamples, r)),
  );
  const cells_many = many.filter((one) => one === 1).length;
  return outcomes.map((outcome, m) => ({
    outcome,
    mean: percentileInterval(estimates[m], replicates.map((r) => r[m])),
    strata: both.length,
    cells_many,
    cells_few: cells.length - cells_many,
  }));
}

/** Numbers of live edges with each operation, as one number: the skips in its highest place. */
export function liveCounts(cell_index: number): number {
  const cell = cellAt(cell_index), live = liveEdges(cell);
  const count = (operation: Operation) =>
    cell.filter((op, edge) => live[edge] && op === operation).length;
  return [0, 2, 3, 4].reduce((code, operation) => COUNTS * code + count(operation as Operation), 0);
}
