/**
 * Exact functional analysis of variance (Hooker 2007, JCGS 16:709; Hutter et al. 2014, ICML).
 *
 * The table is a complete factorial, five operations on each of six edges, so that every component is
 * a mean of observed cells: nothing is fitted, and the shares have no sampling error besides the
 * noise of training itself.
 */
import { CELL_COUNT, EDGES, OPERATIONS } from "../space/mod.ts";

const LEVELS = OPERATIONS.length, FACTORS = EDGES.length;

export interface FunctionalAnova {
  /** Mean over all cells. */
  readonly mean: number;
  /** Variance over all cells (divided by their number). */
  readonly variance: number;
  /** Main effect of operation o at edge e, [edge][operation]: mean with it, less the grand mean. */
  readonly effects: readonly (readonly number[])[];
  /** Share of the variance by edge. */
  readonly mainShares: readonly number[];
  /** Share of the variance by pair of edges, first edge below second: the pure interaction. */
  readonly pairShares: readonly {
    readonly edges: readonly [number, number];
    readonly share: number;
  }[];
  /** Share of the variance by order of interaction: element k is order k + 1; they add up to 1. */
  readonly orderShares: readonly number[];
}

/** Digit of the cell index that belongs to `edge`. */
const place = (edge: number) => LEVELS ** (FACTORS - 1 - edge);

/** Means over all other edges, indexed by the operations of `edges`, first edge most significant. */
function marginalMeans(y: ArrayLike<number>, edges: readonly number[]): Float64Array {
  const sums = new Float64Array(LEVELS ** edges.length);
  for (let i = 0; i < CELL_COUNT; i++) {
    let slot = 0;
    for (const edge of edges) slot = slot * LEVELS + Math.floor(i / place(edge)) % LEVELS;
    sums[slot] += y[i];
  }
  return sums.map((sum) => sum * sums.length / CELL_COUNT);
}

/** Decomposes `y` [15625, by cell index]. A constant `y` has no shares (NaN). */
export function functionalAnova(y: ArrayLike<number>): FunctionalAnova {
  if (y.length !== CELL_COUNT) {
    throw new RangeError(`The factorial has ${CELL_COUNT} cells, not ${y.length}.`);
  }
  const [mean] = marginalMeans(y, []);
  // A subset of edges is a bit mask. explained[S]: variance of the means by S, which is the sum of the
  // components of all T within S; subtracting the smaller ones leaves the component of S itself.
  const subsets = 1 << FACTORS;
  const edgesOf = (mask: number) => EDGES.map((_, e) => e).filter((e) => mask >> e & 1);
  const component = Float64Array.from({ length: subsets }, (_, mask) => {
    const means = marginalMeans(y, edgesOf(mask));
    return means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / means.length;
  });
  const variance = component[subsets - 1];
  for (let edge = 0; edge < FACTORS; edge++) {
    for (let mask = 0; mask < subsets; mask++) {
      if (mask >> edge & 1) component[mask] -= component[mask ^ (1 << edge)];
    }
  }
  const share = (mask: number) => component[mask] / variance;
  const orderShares = new Array<number>(FACTORS).fill(0);
  for (let mask = 1; mask < subsets; mask++) orderShares[edgesOf(mask).length - 1] += share(mask);
  return {
    mean,
    variance,
    effects: EDGES.map((_, e) => Array.from(marginalMeans(y, [e]), (m) => m - mean)),
    mainShares: EDGES.map((_, e) => share(1 << e)),
    pairShares: EDGES.flatMap((_, e) =>
      EDGES.map((_, f) => f).slice(e + 1).map((f) => ({
        edges: [e, f] as const,
        share: share(1 << e | 1 << f),
      }))
    ),
    orderShares,
  };
}
