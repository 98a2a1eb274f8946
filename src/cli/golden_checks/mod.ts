/** The reference files that `deno task golden` knows. To add one: a file here, a line in `checks`. */
import {
  checkCompensation,
  checkConductance,
  checkCurves,
  checkDeviceStatistics,
  checkDrift,
  checkWeightOperations,
} from "./aimc_device.ts";
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
  "f_hwa_weights.json": checkWeightOperations,
  "s_pcm_stats.json": checkDeviceStatistics,
};

/** JSON files that hold no reference values. */
export const NO_REFERENCE: readonly string[] = ["perf.json"];
