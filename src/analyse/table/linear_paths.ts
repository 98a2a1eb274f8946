/**
 * Cells by their number of linear paths, and what two or more cost at equal operations. Exploratory: the
 * contrast was found in this table, so that its intervals say how steady it is here and are no test.
 */
import { median } from "simple-statistics";
import type { Prng } from "../../random.ts";
import { cellAt, linearPaths, liveEdges, type Operation } from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import {
  bootstrapMeans,
  clusterBootstrap,
  denseLabels,
  type Interval,
  percentileInterval,
} from "../../stats/mod.ts";
import { CLASSES, CONNECTED } from "./features.ts";
import { type Outcome, outcomeValues, take } from "./outcome.ts";

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

/** Groups by number of linear paths, ascending, those without an able cell left out. */
export function linearPathGroups(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
  random: Prng,
): readonly LinearPathGroup[] {
  const baseline = benchmark.accuracy("baseline"), noisy = benchmark.accuracy("noisy");
  const able = Array.from(CONNECTED).filter((i) => baseline[i] > ABLE_BASELINE);
  const groups = Map.groupBy(able, (i) => linearPaths(cellAt(i)));
  return [...groups].sort(([a], [b]) => a - b).map(([linear_paths, cells]) => {
    const collapsed = Float64Array.from(cells, (i) => noisy[i] <= COLLAPSED_NOISY ? 1 : 0);
    const [drawn] = bootstrapMeans([collapsed], take(CLASSES, cells), random);
    const share = collapsed.reduce((a, b) => a + b, 0) / cells.length;
    return {
      linear_paths,
      cells: cells.length,
      collapsed: percentileInterval(share, drawn),
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
 * Interval: bootstrap over clusters, strata and weights formed anew in each resample.
 */
export function linearPathContrast(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
  random: Prng,
): readonly LinearPathContrast[] {
  const cells = Array.from(CONNECTED), columns = outcomes.map((o) => outcomeValues(benchmark, o));
  const strata = denseLabels(cells.map(liveCounts));
  const many = cells.map((i) => linearPaths(cellAt(i)) > 1 ? 1 : 0);
  const clusters = denseLabels(take(CLASSES, cells));
  const contrast = (multiplicity: ArrayLike<number>): number[] => {
    // [stratum][few, many]: number of cells, and sum of each outcome
    const n = new Float64Array(2 * strata.count);
    const sums = columns.map(() => new Float64Array(2 * strata.count));
    for (let k = 0; k < cells.length; k++) {
      const times = multiplicity[clusters.labels[k]], side = 2 * strata.labels[k] + many[k];
      if (times === 0) continue;
      n[side] += times;
      for (let m = 0; m < columns.length; m++) sums[m][side] += times * columns[m][cells[k]];
    }
    return sums.map((sum) => {
      let weight = 0, total = 0;
      for (let few = 0; few < n.length; few += 2) {
        const w = Math.min(n[few], n[few + 1]);
        if (w === 0) continue;
        weight += w;
        total += w * (sum[few + 1] / n[few + 1] - sum[few] / n[few]);
      }
      return total / weight;
    });
  };
  const estimates = contrast(new Int32Array(clusters.count).fill(1));
  const replicates = clusterBootstrap(clusters.count, random, contrast);
  const both = Map.groupBy(cells.keys(), (k) => strata.labels[k]).values()
    .filter((members) => new Set(members.map((k) => many[k])).size === 2).toArray();
  const cells_many = both.flat().filter((k) => many[k] === 1).length;
  return outcomes.map((outcome, m) => ({
    outcome,
    mean: percentileInterval(estimates[m], replicates.map((r) => r[m])),
    strata: both.length,
    cells_many,
    cells_few: both.flat().length - cells_many,
  }));
}

/** Numbers of live edges with each operation, as one number. */
function liveCounts(cell_index: number): number {
  const cell = cellAt(cell_index), live = liveEdges(cell);
  const count = (operation: Operation) =>
    cell.filter((op, edge) => live[edge] && op === operation).length;
  return [0, 2, 3, 4].reduce((code, operation) => 7 * code + count(operation as Operation), 0);
}
