/**
 * What one operation does in place of another on one edge, all five other edges equal.
 *
 * The table holds both cells of every such pair, so that the mean over contexts is exact for this
 * table. The interval says how far it could move with other distinct functions: it comes from a
 * bootstrap over isomorphism classes. A pair lies in two classes, one on either side; classes are drawn
 * once for the cells with the first operation and once for those with the second, and the wider
 * interval is kept (within 6 % of the two-way clustered standard error of Cameron, Gelbach & Miller
 * 2011, JBES 29:238, over all swaps of the table).
 */
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import type { Prng } from "../../random.ts";
import {
  CELL_COUNT,
  EDGES,
  indexStep,
  type Operation,
  type OperationName,
  OPERATIONS,
} from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import {
  clusterBootstrap,
  denseLabels,
  dot,
  holm,
  type Interval,
  percentileInterval,
  standardError,
} from "../../stats/mod.ts";
import { CLASSES, CONNECTED } from "./features.ts";
import { type Outcome, outcomeValues } from "./outcome.ts";

/** Outcome with `operation` less outcome with `other` on `edge`. */
export interface SwapEffect {
  readonly outcome: Outcome;
  /** 0..5, published order. */
  readonly edge: number;
  readonly operation: OperationName;
  readonly other: OperationName;
  /** Contexts of the five other edges in which both cells are connected; at most 3125. */
  readonly n: number;
  /** Mean difference in percentage points. */
  readonly mean: Interval;
  /** Two-sided p value of no difference, normal approximation with the bootstrap's standard error. */
  readonly p: number;
  /** The same after Holm's correction for all swaps tested together. */
  readonly p_holm: number;
}

/** Level of a family of tests after Holm's correction: below it an effect counts as decided. */
export const FAMILY_LEVEL = 0.05;

/** Mean differences and their replicates, of one side's bootstrap. */
interface Side {
  readonly n: number;
  readonly mean: number;
  readonly replicates: Float64Array;
}

/** Every pair of operations, first below second in the published numbering: 10. */
export const OPERATION_PAIRS: readonly (readonly [Operation, Operation])[] = OPERATIONS.flatMap((
  _,
  a,
) => OPERATIONS.slice(a + 1).map((_, k) => [a as Operation, a + 1 + k as Operation] as const));

/**
 * All swaps of `pairs` on all six edges, for each outcome.
 *
 * @param pairs which operations, first minus second; all ten where not given
 */
export function matchedSwaps(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
  random: Prng,
  pairs: readonly (readonly [Operation, Operation])[] = OPERATION_PAIRS,
): readonly SwapEffect[] {
  const values = outcomes.map((outcome) => outcomeValues(benchmark, outcome));
  const connected = new Uint8Array(CELL_COUNT);
  for (const i of CONNECTED) connected[i] = 1;
  const effects = EDGES.flatMap((_, edge) => {
    const sides = OPERATIONS.map((_, operation) => {
      const others = pairs.filter((p) => p.includes(operation as Operation))
        .map(([a, b]) => a === operation ? b : a);
      return new Map(
        others.length === 0
          ? []
          : bootstrapSide(values, connected, edge, operation as Operation, others, random)
            .map((byOutcome, k) => [others[k], byOutcome]),
      );
    });
    return pairs.flatMap(([a, b]) =>
      outcomes.map((outcome, k) => {
        const here = sides[a].get(b)![k], there = sides[b].get(a)![k];
        const [one, two] = [
          percentileInterval(here.mean, here.replicates),
          percentileInterval(here.mean, there.replicates.map((v) => -v)),
        ];
        const se = Math.max(standardError(here.replicates), standardError(there.replicates));
        return {
          outcome,
          edge,
          operation: OPERATIONS[a],
          other: OPERATIONS[b],
          n: here.n,
          mean: one.high - one.low >= two.high - two.low ? one : two,
          p: 2 * normalCdf(-Math.abs(here.mean) / se, 0, 1),
        };
      })
    );
  });
  const adjusted = holm(effects.map((effect) => effect.p));
  return effects.map((effect, k) => ({ ...effect, p_holm: adjusted[k] }));
}

/**
 * Bootstrap over the classes of the cells with `operation` on `edge`, of the mean difference to each
 * operation in `others` and for each outcome in `values`: [other][outcome].
 */
function bootstrapSide(
  values: readonly Float64Array[],
  connected: Uint8Array,
  edge: number,
  operation: Operation,
  others: readonly Operation[],
  random: Prng,
): Side[][] {
  const step = indexStep(edge);
  const cells = CONNECTED.filter((i) => Math.floor(i / step) % 5 === operation);
  const { labels, count } = denseLabels(cells.map((i) => CLASSES[i]));
  const contrasts = others.map((other) => {
    const n = new Float64Array(count);
    const sums = values.map(() => new Float64Array(count));
    cells.forEach((i, k) => {
      const partner = i + (other - operation) * step;
      if (connected[partner] === 0) return;
      n[labels[k]]++;
      values.forEach((y, m) => sums[m][labels[k]] += y[i] - y[partner]);
    });
    return { n, sums };
  });
  const means = (multiplicity: Int32Array) => {
    const result = new Float64Array(others.length * values.length);
    contrasts.forEach(({ n, sums }, o) => {
      const total = dot(multiplicity, n);
      sums.forEach((sum, m) => result[o * values.length + m] = dot(multiplicity, sum) / total);
    });
    return result;
  };
  const replicates = clusterBootstrap(count, random, means);
  const once = means(new Int32Array(count).fill(1));
  return others.map((_, o) =>
    values.map((_, m) => ({
      n: contrasts[o].n.reduce((a, b) => a + b),
      mean: once[o * values.length + m],
      replicates: Float64Array.from(replicates, (r) => r[o * values.length + m]),
    }))
  );
}
