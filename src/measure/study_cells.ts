/**
 * Which cells a replication measures: families of five cells that differ in one edge, so that an
 * operation's effect can be compared within a context, and a stratified sample over a published metric,
 * so that rank agreement is measured over the whole range.
 */
import { InputError } from "../input_error.ts";
import { permutation, type Prng } from "../random.ts";
import {
  cellAt,
  cellIndex,
  EDGES,
  isConnected,
  type Operation,
  OPERATIONS,
  SKIP,
  withOperation,
} from "../space/mod.ts";

/** A chosen cell and what it was chosen for. */
export interface Choice {
  readonly cell_index: number;
  readonly reason: string;
}

/**
 * `count` families of five cells that share all edges but `edge`. Every member connects input to output
 * and reaches `floor_pct` on the published baseline, so that the effect is not one of being unusable.
 * Throws InputError where fewer families than `count` do.
 *
 * @param baseline_pct published baseline accuracy by cell_index
 */
export function matchedFamilies(
  edge: number,
  count: number,
  baseline_pct: Float64Array,
  floor_pct: number,
  random: Prng,
): Choice[][] {
  const families = Array.from(baseline_pct.keys(), cellAt)
    .filter((cell) => cell[edge] === SKIP)
    .map((cell) =>
      OPERATIONS.map((_, operation) => cellIndex(withOperation(cell, edge, operation as Operation)))
    )
    .filter((members) => members.every((i) => isConnected(cellAt(i))))
    .filter((members) => members.every((i) => baseline_pct[i] >= floor_pct));
  if (families.length < count) {
    throw new InputError(
      `Only ${families.length} families of edge ${edge} reach ${floor_pct} % in all five cells, not ${count}. Lower the floor.`,
    );
  }
  const order = permutation(families.length, random);
  const [source, target] = EDGES[edge];
  return Array.from(order.subarray(0, count), (at, family) =>
    families[at].map((cell_index) => ({
      cell_index,
      reason: `matched edge (${source},${target}) family ${family + 1}`,
    })));
}

/**
 * One connected cell from each of `count` equally populated strata of `metric_pct`, none in `taken`.
 *
 * @param metric_pct published accuracy by cell_index
 */
export function stratifiedCells(
  count: number,
  metric_pct: Float64Array,
  taken: ReadonlySet<number>,
  random: Prng,
): Choice[] {
  const order = Array.from(metric_pct.keys())
    .filter((i) => isConnected(cellAt(i)) && !taken.has(i))
    .sort((a, b) => metric_pct[a] - metric_pct[b] || a - b);
  return Array.from({ length: count }, (_, stratum) => {
    const from = Math.floor((stratum * order.length) / count);
    const to = Math.floor(((stratum + 1) * order.length) / count);
    const cell_index = order[from + random.integer(to - from)];
    return { cell_index, reason: `stratum ${stratum + 1} of ${count}` };
  });
}

/**
 * `count` units evenly spaced by the rank of their cells in `metric_pct`, the lowest and the highest among them; all
 * where there are fewer. Ties keep the order of their indices. A unit without a cell has no rank and is left out.
 *
 * @param metric_pct published accuracy by cell_index
 */
export function evenlyRanked<Chosen extends { readonly cell_index: number | null }>(
  units: readonly Chosen[],
  metric_pct: Float64Array,
  count: number,
): Chosen[] {
  const ranked = units.filter(({ cell_index }) => cell_index !== null)
    .map((unit) => ({ unit, at: unit.cell_index! }))
    .sort((a, b) => metric_pct[a.at] - metric_pct[b.at] || a.at - b.at);
  if (ranked.length <= count) return ranked.map(({ unit }) => unit);
  const step = (ranked.length - 1) / Math.max(count - 1, 1);
  return Array.from({ length: count }, (_, k) => ranked[Math.round(k * step)].unit);
}
