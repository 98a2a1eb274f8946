/**
 * Quantization: a trained network with 8-bit integers, calibrated after training (PTQ) or trained on (QAT).
 *
 * Weights have a scale per output channel, symmetric; activations one range per tensor, with 0 as a level.
 */
export { addToHistogram, BINS, chooseRange, extendedRange } from "./observer.ts";
export type { Histogram, Range } from "./observer.ts";
export { type ChosenRange, outlierRanges } from "./outlier_ranges.ts";
export { measuredQatControls, measuredQuantizations } from "./measured.ts";
export type { MeasuredQuantization, QatControl } from "./measured.ts";
export { calibrate, calibrationBatches } from "./ptq.ts";
export { type QatOptions, type QatStage, qatStage } from "./qat.ts";
export { type Quantization, quantizedAccuracy_pct, quantizedOps } from "./quantized_ops.ts";
