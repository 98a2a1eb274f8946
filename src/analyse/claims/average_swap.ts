import type { Prng } from "../../random.ts";
import { CELL_COUNT, EDGES, indexStep, type Operation } from "../../space/mod.ts";
import { bootstrapMeans, type Interval, percentileInterval } from "../../stats/mod.ts";
import { CLASSES, CONNECTED } from "../table/features.ts";

/**
 * Mean change of an outcome when `operation` stands in place of `other`, over all six edges and all
 * contexts in which both cells are among `cells`. Interval as for single swaps: classes are drawn on either
 * side, the wider interval is kept.
 *
 * @param outcome by cell_index
 * @param cells the connected ones where not given
 */
export function averageSwap(
  outcome: ArrayLike<number>,
  operation: Operation,
  other: Operation,
  random: Prng,
  cells: Int32Array = CONNECTED,
): Interval {
  const eligible = new Uint8Array(CELL_COUNT);
  for (const i of cells) eligible[i] = 1;
  const differences: number[] = [], mine: number[] = [], theirs: number[] = [];
  EDGES.forEach((_, edge) => {
    const step = indexStep(edge);
    for (const i of cells) {
      const partner = i + (other - operation) * step;
      if (Math.floor(i / step) % 5 !== operation || eligible[partner] === 0) continue;
      differences.push(outcome[i] - outcome[partner]);
      mine.push(CLASSES[i]);
      theirs.push(CLASSES[partner]);
    }
  });
  const mean = differences.reduce((a, b) => a + b) / differences.length;
  const [one, two] = [mine, theirs].map((classes) =>
    percentileInterval(mean, bootstrapMeans([differences], classes, random, 400)[0])
  );
  return one.high - one.low >= two.high - two.low ? one : two;
}
