/** What linear paths are worth to a predictor of accuracy. */
import { type Interval, studentInterval } from "../../stats/mod.ts";
import type { ForestScore } from "../../table/mod.ts";

/** Forests of one size for one metric. */
export interface PredictorGain {
  readonly metric: string;
  readonly training_cells: number;
  /** Mean tau-b on unseen cells over the seeds, by what the trees see. */
  readonly twelve: Interval;
  readonly with_paths: Interval;
  /** Mean of the difference, seed by seed: the forests of a seed learn from the same cells. */
  readonly gain: Interval;
}

/** By metric and number of training cells, in the order of the scores. */
export function predictorGains(scores: readonly ForestScore[]): readonly PredictorGain[] {
  const groups = Map.groupBy(scores, ({ metric, training_cells }) => `${metric} ${training_cells}`);
  return [...groups.values()].map((group) => {
    const taus = (features: ForestScore["features"]) =>
      group.filter((score) => score.features === features)
        .toSorted((a, b) => a.seed - b.seed).map(({ tau }) => tau);
    const twelve = taus("twelve"), with_paths = taus("with_paths");
    const [{ metric, training_cells }] = group;
    return {
      metric,
      training_cells,
      twelve: studentInterval(twelve),
      with_paths: studentInterval(with_paths),
      gain: studentInterval(with_paths.map((tau, k) => tau - twelve[k])),
    };
  });
}
