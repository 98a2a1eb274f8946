import type { Prng } from "../random.ts";
import { CELL_COUNT, EDGES, type OperationName, OPERATIONS } from "../space/mod.ts";
import type { Benchmark } from "../table/mod.ts";
import { clusterBootstrap, type Interval, percentileInterval } from "./bootstrap.ts";
import { CLASSES } from "./cells.ts";
import { functionalAnova } from "./functional_anova.ts";
import { type Outcome, outcomeValues } from "./outcome.ts";

/** Main effect of an operation at an edge. */
export interface OperationEffect {
  readonly outcome: Outcome;
  readonly edge: number;
  readonly operation: OperationName;
  /** Mean over the 3125 cells with it, less the mean over all 15,625, percentage points. */
  readonly effect: Interval;
}

/** Resamples here: each touches every cell, and figures draw 95 % bands only. */
const EFFECT_RESAMPLES = 300;

/**
 * Exact factorial main effects of each operation at each edge, over all cells. Intervals by bootstrap
 * over isomorphism classes; all outcomes share the resamples.
 */
export function operationEffects(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
  random: Prng,
): readonly OperationEffect[] {
  const columns = outcomes.map((outcome) => outcomeValues(benchmark, outcome));
  const classCount = CLASSES.reduce((a, b) => Math.max(a, b)) + 1;
  const replicates = clusterBootstrap(
    classCount,
    random,
    (multiplicity) => columns.flatMap((y) => weightedEffects(y, multiplicity)),
    EFFECT_RESAMPLES,
  );
  return outcomes.flatMap((outcome, k) => {
    const { effects } = functionalAnova(columns[k]);
    return EDGES.flatMap((_, edge) =>
      OPERATIONS.map((operation, o) => {
        const slot = (k * EDGES.length + edge) * OPERATIONS.length + o;
        const effect = percentileInterval(effects[edge][o], replicates.map((r) => r[slot]));
        return { outcome, edge, operation, effect };
      })
    );
  });
}

/** Main effects, flattened [edge][operation], with each cell counted as often as its class was drawn. */
function weightedEffects(y: Float64Array, multiplicity: Int32Array): number[] {
  const slots = EDGES.length * OPERATIONS.length;
  const sums = new Float64Array(slots), counts = new Float64Array(slots);
  let total = 0, n = 0;
  for (let i = 0; i < CELL_COUNT; i++) {
    const times = multiplicity[CLASSES[i]];
    if (times === 0) continue;
    const weighted = times * y[i];
    total += weighted;
    n += times;
    for (let edge = EDGES.length - 1, rest = i; edge >= 0; edge--) {
      const quotient = Math.floor(rest / 5), slot = edge * 5 + rest - 5 * quotient;
      sums[slot] += weighted;
      counts[slot] += times;
      rest = quotient;
    }
  }
  return Array.from(sums, (sum, slot) => sum / counts[slot] - total / n);
}
