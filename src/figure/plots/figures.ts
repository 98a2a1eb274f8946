/** The registry of figures: to add one, write its file and name it here. */
import type { Figure } from "../grammar/figure.ts";
import { accuracyDistributions } from "./accuracy_distributions.ts";
import { driftCurves } from "./drift_curves.ts";
import { bestCells } from "./best_cells.ts";
import { driftBySkip } from "./drift_by_skip.ts";
import { generality } from "./generality.ts";
import { hardwareAnchor } from "./hardware_anchor.ts";
import { hwtGap } from "./hwt_gap.ts";
import { nodeDegree } from "./node_degree.ts";
import { noiseFloorFigure } from "./noise_floor.ts";
import { operationCompositionFigure } from "./operation_composition.ts";
import { operationEffectsFigure } from "./operation_effects.ts";
import { linearPaths } from "./linear_paths.ts";
import { pareto } from "./pareto.ts";
import { quantizationVsAnalog } from "./quantization_vs_analog.ts";
import { rankCorrelation } from "./rank_correlation.ts";
import { searchComparison } from "./search_comparison.ts";
import { replication } from "./replication.ts";
import { scale } from "./scale.ts";
import { ablation } from "./ablation.ts";
import { protocols } from "./protocols.ts";
import { memories } from "./memories.ts";
import { simulators } from "./simulators.ts";
import { searchSpace } from "./search_space.ts";
import { widthAndDepth } from "./width_and_depth.ts";

/** Every figure by id, in the order of the study. */
export const FIGURES = {
  search_space: searchSpace,
  accuracy_distributions: accuracyDistributions,
  hwt_gap: hwtGap,
  rank_correlation: rankCorrelation,
  quantization_vs_analog: quantizationVsAnalog,
  drift_curves: driftCurves,
  drift_by_skip: driftBySkip,
  operation_composition: operationCompositionFigure,
  operation_effects: operationEffectsFigure,
  width_and_depth: widthAndDepth,
  node_degree: nodeDegree,
  best_cells: bestCells,
  pareto,
  linear_paths: linearPaths,
  noise_floor: noiseFloorFigure,
  search_comparison: searchComparison,
  replication,
  scale,
  ablation,
  protocols,
  generality,
  simulators,
  memories,
  hardware_anchor: hardwareAnchor,
} as const satisfies Record<string, Figure>;

/** Id of a figure: the name of its files and of its function's file. */
export type FigureId = keyof typeof FIGURES;
