/**
 * Measuring cells: the protocol of one measurement, the unit of work that takes a cell from nothing
 * through all five conditions, and the plan of a study. Returns rows; the commands write them.
 */
export * from "./plan.ts";
export * from "./contrast_studies.ts";
export * from "./anchor_study.ts";
export * from "./study_cells.ts";
export * from "./expect_planned.ts";
export * from "./stage_memo.ts";
export { rowOf, type Subject } from "./cell_rows.ts";
export { type AnalogWork, mappedRow, timedRow } from "./analog_rows.ts";
export * from "./analog_weights.ts";
export * from "./load_trained.ts";
export * from "./measure_cell.ts";
export * from "./studies.ts";
export {
  ANALOG_CONDITIONS,
  type AnalogCondition,
  type AnalogMeasurement,
  measureAnalog,
} from "./measure_analog.ts";
export { IDEAL, idealHardware, referenceRows } from "./reference_rows.ts";
export { chanceLevel_pct, digitalDoubts, isConstant } from "./doubts.ts";
export { analogRows, digitalRows, type Trained } from "./measure_variant.ts";
export { READ_OUT_EVENTS, readOutConfig, readOutRows, type ReadOutSettings } from "./read_out.ts";
export { overlaid } from "./overlay.ts";
export { hardwareVariants, type Variant } from "./variants.ts";
export { deviceVariants } from "./device_variants.ts";
export { wireVariants } from "./wire_variants.ts";
export { protocolVariants, untestedSettings } from "./protocol_variants.ts";
export { retrain, retrainingSteps } from "./retrain.ts";
export { collapsePairs, collapsePlan } from "./collapse_pairs.ts";
export { type CollapseMeasurement, collapseSteps, measureCollapse } from "./collapse.ts";
