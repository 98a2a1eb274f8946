/** Reference files made with AIHWKit, and the check of each. */
import type { GoldenReport } from "../report.ts";
import { checkCompensation } from "./compensation.ts";
import { checkConductance, checkPairs } from "./conductance.ts";
import { checkConvolution } from "./convolution.ts";
import { checkCurves, checkReramCurves } from "./curves.ts";
import { checkDeviceTiles } from "./device_tiles.ts";
import { checkDrift } from "./drift.ts";
import { checkEndToEnd } from "./end_to_end.ts";
import { checkInputRange } from "./input_range.ts";
import { checkLayer } from "./layer.ts";
import { checkMatrixError } from "./matrix_error.ts";
import { checkDeviceStatistics, checkWeightStatistics } from "./statistics.ts";
import { checkTrainingSteps } from "./training_steps.ts";
import { checkWeightOperations } from "./weight_operations.ts";

/** File name -> check, given the file's path. */
export const aimcChecks: Readonly<Record<string, (path: string) => Promise<GoldenReport>>> = {
  "a_conductance.json": checkConductance,
  "b_pcm_curves.json": checkCurves,
  "c_drift_deterministic.json": checkDrift,
  "c_gdc.json": checkCompensation,
  "d_mvm_quant.json": checkLayer,
  "e_conv.json": checkConvolution,
  "f_hwa_weights.json": checkWeightOperations,
  "g_input_range.json": checkInputRange,
  "h_train_steps.json": checkTrainingSteps,
  "i_reram_curves.json": checkReramCurves,
  "j_pairs_conductance.json": checkPairs,
  "k_device_tiles.json": checkDeviceTiles,
  "e2e.json": checkEndToEnd,
  "s_mvm_error.json": checkMatrixError,
  "s_pcm_stats.json": checkDeviceStatistics,
  "s_device_stats.json": checkWeightStatistics,
};
