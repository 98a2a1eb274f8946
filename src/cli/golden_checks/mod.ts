/** The reference files that `deno task golden` knows. To add one: a file here, a line in `checks`. */
import { checkEndToEnd, checkMatrixError } from "./aimc_network.ts";
import {
  checkCompensation,
  checkConductance,
  checkCurves,
  checkDeviceStatistics,
  checkDrift,
  checkWeightOperations,
} from "./aimc_device.ts";
import { checkConvolution, checkInputRange, checkLayer, checkTrainingSteps } from "./aimc_tile.ts";
import { checkComplexity } from "./complexity.ts";
import { checkNetwork } from "./network.ts";
import type { GoldenReport } from "./report.ts";

export type { GoldenReport };

/** File name -> check, given the file's path. A file of reference values beside it is found by itself. */
export const checks: Readonly<Record<string, (path: string) => Promise<GoldenReport>>> = {
  "complexity.json": checkComplexity,
  "network.json": checkNetwork,
  "a_conductance.json": checkConductance,
  "b_pcm_curves.json": checkCurves,
  "c_drift_deterministic.json": checkDrift,
  "c_gdc.json": checkCompensation,
  "d_mvm_quant.json": checkLayer,
  "e_conv.json": checkConvolution,
  "g_input_range.json": checkInputRange,
  "h_train_steps.json": checkTrainingSteps,
  "f_hwa_weights.json": checkWeightOperations,
  "e2e.json": checkEndToEnd,
  "s_mvm_error.json": checkMatrixError,
  "s_pcm_stats.json": checkDeviceStatistics,
};

/** JSON files that hold no reference values. */
export const NO_REFERENCE: readonly string[] = ["perf.json"];
