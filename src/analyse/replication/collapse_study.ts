/**
 * Why two linear paths collapse: pairs of cells trained here, one with two and one with one linear path, alike
 * in their operations and their published baseline. Exploratory; the suspicion was a signal that doubles in
 * every cell against an input range fixed at 3.
 */
import { cellAt, linearPaths } from "../../space/mod.ts";
import { type Interval, studentInterval } from "../../stats/mod.ts";
import type { CollapseRows, LayerInput } from "../../table/mod.ts";

/** A trained cell. */
export interface CollapseCell {
  readonly cell_index: number;
  readonly pair: number;
  readonly linear_paths: number;
  readonly baseline_pct: number;
  /** `noisy` before programming: input ranges fixed at 3, and calibrated, all else equal. */
  readonly fixed_pct: number;
  readonly calibrated_pct: number;
  /** What reaches each layer, in the order of the network. */
  readonly layers: readonly LayerInput[];
}

export interface CollapseStudy {
  /** Pair by pair, the cell with two linear paths first; whole pairs only. */
  readonly cells: readonly CollapseCell[];
  readonly pairs: number;
  /** Mean share of its baseline above chance that a cell keeps under `noisy`, 0..1: by number of linear paths. */
  readonly kept: Readonly<Record<"two" | "one", { fixed: Interval; calibrated: Interval }>>;
  /** Mean over pairs of the difference two - one in the largest share of clipped inputs of any layer. */
  readonly clipped_difference: Interval;
  /** Mean over the cells of a kind of that share, and of the largest root mean square of any layer's input. */
  readonly clipped: Readonly<Record<"two" | "one", Interval>>;
  readonly largest_rms: Readonly<Record<"two" | "one", Interval>>;
  /** Mean over pairs of how much more calibrating the range gives back to the cell with two, points. */
  readonly regained_difference: Interval;
}

/** Accuracy of guessing among ten classes, per cent. */
const CHANCE_PCT = 10;

/** The study; null where nothing, or no whole pair, is measured. */
export function collapseStudy(measured: CollapseRows | null): CollapseStudy | null {
  if (measured === null) return null;
  const { rows, configs, pairs, inputs } = measured;
  const accuracy = (cell_index: number, condition: string, config_id: string) =>
    rows.find((row) =>
      row.cell_index === cell_index && row.condition === condition &&
      row.config_id === config_id && row.t_inference_s === null
    )!.accuracy_pct;
  const all = inputs.map(({ cell_index, layers }): CollapseCell => ({
    cell_index,
    pair: pairs[cell_index],
    linear_paths: linearPaths(cellAt(cell_index)),
    baseline_pct: accuracy(cell_index, "baseline", configs.fixed),
    fixed_pct: accuracy(cell_index, "noisy", configs.fixed),
    calibrated_pct: accuracy(cell_index, "noisy", configs.calibrated),
    layers,
  }));
  const whole = [...Map.groupBy(all, ({ pair }) => pair).values()].filter((p) => p.length === 2)
    .map((pair) => pair.toSorted((a, b) => b.linear_paths - a.linear_paths));
  if (whole.length === 0) return null;
  const sides = { two: whole.map(([two]) => two), one: whole.map(([, one]) => one) };
  const by = (f: (cell: CollapseCell) => number) => ({
    two: studentInterval(sides.two.map(f)),
    one: studentInterval(sides.one.map(f)),
  });
  const kept = (f: (cell: CollapseCell) => number) =>
    by((cell) => (f(cell) - CHANCE_PCT) / (cell.baseline_pct - CHANCE_PCT));
  const fixed = kept((cell) => cell.fixed_pct), calibrated = kept((cell) => cell.calibrated_pct);
  const difference = (f: (cell: CollapseCell) => number) =>
    studentInterval(whole.map(([two, one]) => f(two) - f(one)));
  return {
    cells: whole.flat(),
    pairs: whole.length,
    kept: {
      two: { fixed: fixed.two, calibrated: calibrated.two },
      one: { fixed: fixed.one, calibrated: calibrated.one },
    },
    clipped_difference: difference(mostClipped),
    clipped: by(mostClipped),
    largest_rms: by(({ layers }) => Math.max(...layers.map(({ rms }) => rms))),
    regained_difference: difference((cell) => cell.calibrated_pct - cell.fixed_pct),
  };
}

const mostClipped = ({ layers }: CollapseCell) =>
  Math.max(...layers.map(({ clipped_share }) => clipped_share));
