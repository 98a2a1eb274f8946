/** Counting into bins, the only arithmetic on rows that figures do themselves, stacks, and steps of an axis. */

/** One bin of a histogram: values in [x, x2), the last bin closed. */
export interface Bin {
  readonly x: number;
  readonly x2: number;
  readonly cells: number;
}

/** Counts in `bins` equal bins between `low` and `high`. Values outside are a defect: RangeError. */
export function histogram(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  bins: number,
): Bin[] {
  const counts = new Int32Array(bins);
  for (let i = 0; i < values.length; i++) counts[binOf(values[i], low, high, bins)]++;
  const edge = (k: number) => low + (high - low) * k / bins;
  return Array.from(counts, (cells, k) => ({ x: edge(k), x2: edge(k + 1), cells }));
}

/** One rectangle of a two-dimensional histogram. */
export interface Tile extends Bin {
  readonly y: number;
  readonly y2: number;
}

/** Counts in a grid of `bins` by `bins`; empty rectangles are left out. */
export function histogram2d(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  [xLow, xHigh]: readonly [number, number],
  [yLow, yHigh]: readonly [number, number],
  bins: number,
): Tile[] {
  const counts = new Int32Array(bins * bins);
  for (let i = 0; i < xs.length; i++) {
    counts[binOf(xs[i], xLow, xHigh, bins) * bins + binOf(ys[i], yLow, yHigh, bins)]++;
  }
  const xEdge = (k: number) => xLow + (xHigh - xLow) * k / bins;
  const yEdge = (k: number) => yLow + (yHigh - yLow) * k / bins;
  return Array.from(counts, (cells, slot) => {
    const [i, j] = [Math.floor(slot / bins), slot % bins];
    return { x: xEdge(i), x2: xEdge(i + 1), y: yEdge(j), y2: yEdge(j + 1), cells };
  }).filter(({ cells }) => cells > 0);
}

/** The same with columns of equal width on a logarithmic x axis; `xs` are positive. */
export function logHistogram2d(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  [xLow, xHigh]: readonly [number, number],
  yDomain: readonly [number, number],
  bins: number,
): Tile[] {
  const logs = Float64Array.from(xs, Math.log10);
  const domain = [Math.log10(xLow), Math.log10(xHigh)] as const;
  return histogram2d(logs, ys, domain, yDomain, bins)
    .map((tile) => ({ ...tile, x: 10 ** tile.x, x2: 10 ** tile.x2 }));
}

/** Parts of a whole one after another: where each begins and ends. */
export function stacked(parts: readonly number[]) {
  let end = 0;
  return parts.map((part) => ({ low: end, high: end += part }));
}

/** At most `count` whole numbers from `low` to `high`, about even on a logarithmic axis. */
export function logSteps(low: number, high: number, count: number): number[] {
  const at = (i: number) => Math.round(low * (high / low) ** (i / (count - 1)));
  return [...new Set(Array.from({ length: count }, (_, i) => at(i)))];
}

function binOf(value: number, low: number, high: number, bins: number): number {
  const bin = Math.floor((value - low) / (high - low) * bins);
  if (!(value >= low && value <= high)) {
    throw new RangeError(`A histogram from ${low} to ${high} cannot hold ${value}.`);
  }
  return Math.min(bin, bins - 1);
}
