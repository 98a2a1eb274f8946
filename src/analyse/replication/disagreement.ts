/** What it goes with that the two sources rank cells unlike. */
import { oneOf } from "../../arguments.ts";
import { denseRanks, type Interval, jackknifeInterval, spearman } from "../../stats/mod.ts";
import type { Metric } from "../../table/schema.ts";
import type { Feature } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { carryInterval, type Replicated } from "./replicated.ts";

/** How far the rank that a cell has here, less its published one, goes with a feature of the cell. */
export interface Disagreement {
  readonly feature: Feature;
  /** Spearman's rho, interval by the jackknife over expressions of cells; above 0: more of it, better ranked here. */
  readonly rho: Interval;
}

/** Features that differences in scale, depth and noise could act through. */
const CANDIDATES = [
  "depth",
  "width",
  "count_skip_connect",
  "count_nor_conv_3x3",
  "count_nor_conv_1x1",
  "count_avg_pool_3x3",
  "parameters",
] as const satisfies readonly Feature[];

/**
 * What the rank differences of one metric go with, strongest first; features that do not vary are left
 * out. Nothing for fewer than 6 expressions, and where both sources rank alike.
 */
export function disagreement(
  { cells, clusters, measured, published }: Replicated,
  metric: Metric,
  features: Readonly<Record<Feature, Float64Array>>,
): readonly Disagreement[] {
  oneOf("A metric measured here", metric, Object.keys(measured));
  const [here, there] = [measured, published].map((source) => denseRanks(source[metric]).rank);
  const moved = Float64Array.from(cells, (_, k) => here[k] - there[k]);
  if (!carryInterval(clusters) || moved.every((m) => m === moved[0])) return [];
  const groups = [...Map.groupBy(cells.keys(), (k) => clusters[k]).values()];
  return CANDIDATES.flatMap((feature): Disagreement[] => {
    const x = take(features[feature], cells);
    if (x.every((value) => value === x[0])) return [];
    const rho = jackknifeInterval(groups.length, (kept) => {
      const places = Array.from(kept, (group) => groups[group]).flat();
      return spearman(take(x, places), take(moved, places));
    });
    return [{ feature, rho }];
  }).sort((a, b) => Math.abs(b.rho.estimate) - Math.abs(a.rho.estimate));
}
