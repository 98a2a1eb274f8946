/** The registry of figures: to add one, write its file and name it here. */
import type { Figure } from "./figure.ts";
import { accuracyDistributions } from "./accuracy_distributions.ts";
import { driftCurves } from "./drift_curves.ts";
import { driftBySkip } from "./drift_by_skip.ts";
import { hwtGap } from "./hwt_gap.ts";
import { quantizationVsAnalog } from "./quantization_vs_analog.ts";
import { rankCorrelation } from "./rank_correlation.ts";
import { searchSpace } from "./search_space.ts";

/** Every figure by id, in the order of the study. */
export const FIGURES = {
  search_space: searchSpace,
  accuracy_distributions: accuracyDistributions,
  hwt_gap: hwtGap,
  rank_correlation: rankCorrelation,
  quantization_vs_analog: quantizationVsAnalog,
  drift_curves: driftCurves,
  drift_by_skip: driftBySkip,
} as const satisfies Record<string, Figure>;

/** Id of a figure: the name of its files and of its function's file. */
export type FigureId = keyof typeof FIGURES;
