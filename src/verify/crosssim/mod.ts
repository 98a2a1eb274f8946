/** Reference files made with CrossSim, and the check of each. */
import type { GoldenReport } from "../report.ts";
import { checkCalibration } from "./calibration.ts";
import { checkDeviceCurves, checkInjected, checkMapping } from "./conductances.ts";
import { checkEndToEnd } from "./end_to_end.ts";
import { checkConvolutions, checkProducts, checkWires } from "./products.ts";
import { checkStatistics } from "./statistics.ts";

/** File name -> check, given the file's path. */
export const crosssimChecks: Readonly<Record<string, (path: string) => Promise<GoldenReport>>> = {
  "a_mapping.json": checkMapping,
  "b_device_curves.json": checkDeviceCurves,
  "c_device_injected.json": checkInjected,
  "d_mvm.json": checkProducts,
  "e_parasitics.json": checkWires,
  "f_conv.json": checkConvolutions,
  "g_calibration.json": checkCalibration,
  "s_device_stats.json": checkStatistics,
  "e2e.json": checkEndToEnd,
};
