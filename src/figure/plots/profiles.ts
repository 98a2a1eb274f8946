/**
 * Robustness against features of a cell, as `width_and_depth` and `node_degree` draw it.
 *
 * Robust is what the published study means by it, HWT after one day, whatever else a table holds.
 */
import {
  COMPETENT_BASELINE,
  CONNECTED,
  type Feature,
  type Profiled,
  type ProfileStep,
  type Study,
  take,
} from "../../analyse/mod.ts";
import { histogram2d, type Tile } from "../grammar/binning.ts";
import { count } from "../grammar/format.ts";
import type { QuantityName } from "../grammar/metrics.ts";

/**
 * The two ways in which a cell can be called robust: what it loses, among cells that had something to
 * lose, and what it still reaches, among all connected cells.
 */
export const ROBUSTNESS = [
  { outcome: "hwt_gap@1d", domain: [0, 20] },
  { outcome: "hwt@1d", domain: [40, 95] },
] as const;

/** A feature as it is drawn. */
export interface Profiling {
  readonly feature: Feature;
  readonly title: string;
  /** What its axis says. */
  readonly quantity: QuantityName;
  /** End of a quantitative axis in millions from 0; without it the feature gets a column per value. */
  readonly millions?: number;
}

/** A feature under both meanings of robust. */
export interface Profile extends Profiling {
  readonly steps: Readonly<Record<Profiled, readonly ProfileStep[]>>;
  /** Cells within the axes, of a feature with a quantitative axis. */
  readonly tiles: Readonly<Record<Profiled, readonly Tile[]>>;
}

/** Both outcomes against each feature. */
export function profiles(study: Study, features: readonly Profiling[]): Profile[] {
  const { features: values, groups, outcome, profile } = study;
  const both = <T>(of: (row: (typeof ROBUSTNESS)[number]) => T) => {
    const [loss, left] = ROBUSTNESS.map(of);
    return { "hwt_gap@1d": loss, "hwt@1d": left };
  };
  return features.map((drawn) => {
    const { feature, millions } = drawn, x = values[feature].map((value) => value / 1e6);
    const tiles = (id: Profiled, domain: readonly [number, number]) => {
      if (millions === undefined) return [];
      const y = outcome(id), cells = id === "hwt@1d" ? CONNECTED : groups.competent;
      const shown = cells.filter((i) => y[i] >= domain[0] && y[i] <= domain[1]);
      return histogram2d(take(x, shown), take(y, shown), [0, millions], domain, 24);
    };
    return {
      ...drawn,
      steps: both((row) => profile(row.outcome, feature)),
      tiles: both((row) => tiles(row.outcome, row.domain)),
    };
  });
}

/** The largest difference between means of `outcome` along any of the features. */
export function largestDifference(all: readonly Profile[], outcome: Profiled): number {
  return Math.max(...all.map(({ steps }) => {
    const means = steps[outcome].map(({ mean }) => mean);
    return Math.max(...means) - Math.min(...means);
  }));
}

/** How to read a grid, for the subtitle. */
export const profileReading = ({ groups }: Study): readonly string[] => [
  `Top: loss from baseline to HWT after 1 day of the ${count(groups.competent.length)} cells`,
  `with a baseline above ${COMPETENT_BASELINE} %. Bottom: accuracy of all`,
  `${
    count(CONNECTED.length)
  } connected cells. Dot: mean with 95 % interval, cells of one expression together; bar:`,
  `quartiles; small numbers: cells.`,
];

/** What is drawn, as plain JSON. */
export const profileNumbers = (all: readonly Profile[]): Record<string, unknown> =>
  Object.fromEntries(all.map(({ feature, steps }) => [feature, steps]));
