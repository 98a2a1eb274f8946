/** The unpacked data of the page: a table that answers `table/query`, copies, ranks and marks. */
import { archStr, CELL_COUNT, cellAt } from "../space/mod.ts";
import type { Benchmark } from "../table/query.ts";
import { type Measurement, openMeasurements } from "./measurement.ts";
import { decodeColumns, type Mark, type NoiseLevels, type Pack } from "./pack.ts";

/** What the page asks. */
export interface ExplorerData {
  readonly benchmark: Benchmark;
  /** cell_index of all cells of one function with this one, itself included, ascending. */
  copies(cell_index: number): readonly number[];
  /** Rank of every cell by a metric, 1 the best, ties by cell_index [15625]. */
  ranks(metric: string): Int32Array;
  noise(metric: string): NoiseLevels;
  /** Contradicted measurements of a cell. */
  marks(cell_index: number): readonly Mark[];
  readonly rules: Readonly<Record<string, string>>;
  /** What was measured here of a cell. */
  measured(cell_index: number): readonly Measurement[];
}

/** Unpacks `pack`; ranks are made when first asked for. */
export function openPack(pack: Pack): ExplorerData {
  const columns = decodeColumns(pack.values, pack.columns.length);
  const column = (metric: string, sd: boolean) => {
    const at = pack.columns.findIndex((c) => c.metric === metric && c.sd === sd);
    return at < 0 ? null : columns[at];
  };
  const accuracy = (metric: string): Float64Array => {
    const found = column(metric, false);
    if (found === null) throw new RangeError(`The page holds no metric "${metric}".`);
    return found;
  };
  const [functions] = decodeColumns(pack.functions, 1);
  const members = Map.groupBy(functions.keys(), (i) => functions[i]);
  const marks = Map.groupBy(pack.marks, ({ cell_index }) => cell_index);
  const measured = Map.groupBy(
    openMeasurements(pack.measured).filter(({ space }) => space === "nas_bench_201"),
    ({ network }) => network,
  );
  const known = new Map<string, Int32Array>();
  return {
    benchmark: {
      path: "this page",
      metrics: pack.metrics,
      accuracy,
      sd: (metric) => column(metric, true),
      get frame(): never {
        throw new Error("The page has columns and no frame.");
      },
    },
    copies: (i) => members.get(functions[i])!,
    ranks(metric) {
      const ranks = known.get(metric) ?? ranksOf(accuracy(metric));
      known.set(metric, ranks);
      return ranks;
    },
    noise: (metric) => pack.noise[metric],
    marks: (i) => marks.get(i) ?? [],
    rules: pack.rules,
    measured: (i) => measured.get(archStr(cellAt(i))) ?? [],
  };
}

function ranksOf(values: Float64Array): Int32Array {
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
  const ranks = new Int32Array(CELL_COUNT);
  order.forEach((i, at) => ranks[i] = at + 1);
  return ranks;
}

/** Where a cell stands by a metric: a range, as one training run is one draw. */
export interface RankRange {
  readonly best: number;
  readonly worst: number;
  /** Cells that the range is over; 1: no copy exists and the range is one rank. */
  readonly copies: number;
}

/** Ranks of all copies of a cell by a metric. */
export function rankRange(data: ExplorerData, cell_index: number, metric: string): RankRange {
  const copies = data.copies(cell_index), all = data.ranks(metric);
  const ranks = copies.map((i) => all[i]);
  return { best: Math.min(...ranks), worst: Math.max(...ranks), copies: copies.length };
}

/** A difference between two measured cells, with what training and measuring both again could give. */
export interface NoisyDifference {
  readonly difference_pp: number;
  readonly low_pp: number;
  readonly high_pp: number;
  /** The interval holds 0. */
  readonly mayBeChance: boolean;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/** SD of one measurement at an accuracy, percentage points: linear between the levels, flat beyond them. */
export function noiseAt({ level_pct, sd_pp }: NoiseLevels, accuracy_pct: number): number {
  const above = level_pct.findIndex((level) => level > accuracy_pct);
  if (above === 0) return sd_pp[0];
  if (above < 0) return sd_pp[sd_pp.length - 1];
  const low = level_pct[above - 1];
  const share = (accuracy_pct - low) / (level_pct[above] - low);
  return sd_pp[above - 1] + share * (sd_pp[above] - sd_pp[above - 1]);
}

/**
 * The difference of two measurements, `to_pct` minus `from_pct`, with its 95 % interval by noise: each side has
 * the SD of copies at its own accuracy, as those of weak cells scatter more than those of good ones.
 */
export function withNoise(from_pct: number, to_pct: number, noise: NoiseLevels): NoisyDifference {
  const half = Z * Math.hypot(noiseAt(noise, from_pct), noiseAt(noise, to_pct));
  const difference_pp = to_pct - from_pct;
  const low_pp = difference_pp - half, high_pp = difference_pp + half;
  return { difference_pp, low_pp, high_pp, mayBeChance: low_pp <= 0 && high_pp >= 0 };
}
