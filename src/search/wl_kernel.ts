/**
 * Weisfeiler-Lehman features of a cell (Shervashidze et al. 2011; for architectures Ru et al. 2021,
 * NAS-BOWL). The graph's nodes are the live operations, input and output; edges follow the data. Dead
 * operations are left out, so that cells which differ in them alone are one graph.
 */
import { type Cell, checkedCell, EDGES, liveEdges, OPERATIONS } from "../space/mod.ts";

/** Rounds of relabelling: a label then describes the neighbourhood of that radius. */
const ROUNDS = 2;

interface Graph {
  readonly labels: readonly string[];
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

/** Operations as nodes: e -> f where e ends at the node at which f starts. */
function graph(cell: Cell): Graph {
  const alive = liveEdges(cell);
  const live = EDGES.map((_, edge) => edge).filter((edge) => alive[edge]);
  const ends = [
    { label: "input", source: -1, target: 0 },
    ...live.map((edge) => ({
      label: OPERATIONS[cell[edge]] as string,
      source: EDGES[edge][0] as number,
      target: EDGES[edge][1] as number,
    })),
    { label: "output", source: 3, target: -2 },
  ];
  const linked = (test: (i: number, j: number) => boolean) =>
    ends.map((_, i) => ends.flatMap((_, j) => (test(i, j) ? [j] : [])));
  return {
    labels: ends.map(({ label }) => label),
    before: linked((i, j) => ends[j].target === ends[i].source),
    after: linked((i, j) => ends[i].target === ends[j].source),
  };
}

/** Entry [i * columns.length + j] is the kernel of rows[i] and columns[j], 0..1. */
export type Kernel = (rows: readonly Cell[], columns: readonly Cell[]) => Float64Array;

/** Label histogram of a cell: feature numbers without repeats, how often each occurs, and its norm. */
interface Histogram {
  readonly features: Uint16Array;
  readonly counts: Uint8Array;
  readonly norm: number;
}

/**
 * The normalised kernel: cosine of the histograms of all labels of all rounds; 1 for cells whose live
 * graphs have equal histograms. Each kernel keeps the histograms of the cells that it has met.
 */
export function wlKernel(): Kernel {
  const numbers = new Map<string, number>(), histograms = new Map<string, Histogram>();
  const numberOf = (text: string) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const histogramOf = (cell: Cell) => {
    const key = cell.join();
    const histogram = histograms.get(key) ?? count(wlLabels(cell).map(numberOf));
    histograms.set(key, histogram);
    return histogram;
  };
  return (rows, columns) => {
    const right = columns.map(histogramOf), left = rows.map(histogramOf);
    const dense = new Float64Array(numbers.size),
      kernel = new Float64Array(left.length * right.length);
    left.forEach((row, i) => {
      row.features.forEach((feature, f) => dense[feature] = row.counts[f] / row.norm);
      right.forEach(({ features, counts, norm }, j) => {
        let sum = 0;
        for (let f = 0; f < features.length; f++) sum += counts[f] * dense[features[f]];
        kernel[i * right.length + j] = sum / norm;
      });
      for (const feature of row.features) dense[feature] = 0;
    });
    return kernel;
  };
}

/** All labels of all rounds, as texts that name the round and the neighbourhood. */
export function wlLabels(cell: Cell): string[] {
  const { labels, before, after } = graph(checkedCell(cell));
  let current: readonly string[] = labels;
  const all = [...current];
  for (let round = 1; round <= ROUNDS; round++) {
    const sorted = (nodes: readonly number[]) => nodes.map((n) => current[n]).sort().join();
    current = current.map((own, i) => `(${own}<${sorted(before[i])}>${sorted(after[i])})`);
    all.push(...current);
  }
  return all;
}

function count(numbers: readonly number[]): Histogram {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return {
    features: Uint16Array.from(counts.keys()),
    counts: Uint8Array.from(counts.values()),
    norm: Math.sqrt([...counts.values()].reduce((sum, c) => sum + c * c, 0)),
  };
}
