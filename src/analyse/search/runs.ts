/** What the runs of a search had found after each query. */
import { InputError } from "../../input_error.ts";
import type { Histories } from "../../table/mod.ts";
import type { Metric } from "../../table/schema.ts";

/** Accuracies by cell_index [15625], per cent; a Benchmark's method of that name. */
export type AccuracyOf = (metric: Metric) => Float64Array;

/**
 * The incumbent after each query: of the cells asked for so far the one with the best answer, the
 * first on ties. An answer of the guide outranks any of a proxy, a later proxy any of an earlier one,
 * as on the rungs of successive halving.
 *
 * @param guide the metric that picks the incumbent where the histories have none (blind methods)
 * @returns cell_index [runs * queries]
 */
export function incumbents(
  { guide: own, queries, seeds, cells, visible, metrics }: Histories,
  accuracy: AccuracyOf,
  guide: Metric,
): Uint16Array {
  const tables = (own === null ? [guide] : visible).map(accuracy);
  const result = new Uint16Array(cells.length);
  for (let run = 0; run < seeds.length; run++) {
    let best = -1, bestRung = -1, bestAccuracy = -Infinity;
    for (let q = run * queries; q < (run + 1) * queries; q++) {
      const rung = metrics === null ? 0 : metrics[q], value = tables[rung][cells[q]];
      if (rung > bestRung || (rung === bestRung && value > bestAccuracy)) {
        [best, bestRung, bestAccuracy] = [cells[q], rung, value];
      }
      result[q] = best;
    }
  }
  return result;
}

/**
 * What the incumbents of the runs are worth after query `query` (from 1) [runs].
 *
 * @param cells the incumbent after each query, as `incumbents` gives it [runs * queries]
 * @param truth by cell_index [15625]
 */
export function foundAfter(
  cells: Uint16Array,
  queries: number,
  query: number,
  truth: Float64Array,
): Float64Array {
  if (query < 1 || query > queries) {
    throw new InputError(`Runs have ${queries} queries: there is no query ${query}.`);
  }
  return Float64Array.from(
    { length: cells.length / queries },
    (_, run) => truth[cells[run * queries + query - 1]],
  );
}

/** Every cell's value replaced by the mean of its class [15625]: the part that is not seed noise. */
export function classMeans(values: Float64Array, classes: Int32Array): Float64Array {
  const count = Math.max(...classes) + 1;
  const sums = new Float64Array(count), sizes = new Float64Array(count);
  values.forEach((value, i) => {
    sums[classes[i]] += value;
    sizes[classes[i]]++;
  });
  return values.map((_, i) => sums[classes[i]] / sizes[classes[i]]);
}
