/**
 * CrossSim's model: arrays of memory devices with calibrated converters, read noise and wires, equal to CrossSim
 * 3.2.0 where that can be checked and is right.
 *
 * `design` says how an array holds weights; `mapping` computes its conductances, `devices` (with `sonos`) their
 * errors, `read_noise` and `wires` what a read makes of them, `converters` and `calibration` the ranges of DAC
 * and ADC; `layer` and `read` put a layer together.
 */
export {
  conversionError,
  leastErrorLimits,
  limitsAt,
  percentileLimits,
  powerOf2Limits,
  slicedLimits,
  symmetric,
} from "./calibration.ts";
export {
  granularLimits,
  type InputConverter,
  inputConverter,
  type Limits,
  maximumLimits,
  quantizer,
  type RangeSettings,
  signMagnitude,
} from "./converters.ts";
export {
  type ArrayDesign,
  type BitSerial,
  type BitSlicing,
  type ConductanceWindow,
  type Converter,
  gMinOf,
  type WeightCoding,
  type Wires,
} from "./design.ts";
export {
  type ArrayDevice,
  bounded,
  extrapolation,
  ideal,
  independent,
  MEASURED_DEVICES,
  pcmJoshi,
  proportional,
  rramMilo,
  rramWan,
  sonos,
  type Spread,
} from "./devices.ts";
export { arrayEvaluation } from "./evaluate.ts";
export { type ArrayKernel, loadArrayKernel } from "./kernel.ts";
export {
  arrayForward,
  type ArrayLayer,
  type ArrayMachine,
  layerOnArrays,
  layerTensors,
} from "./layer.ts";
export { type Conductances, readingOf, toConductances, toWeights, weightLimit } from "./mapping.ts";
export {
  type ArrayNetwork,
  assertWires,
  networkOnArrays,
  programNetwork,
  READ_VOLTAGE_V,
  readNetwork,
} from "./network.ts";
export {
  type ArrayPhysics,
  foundDevices,
  NO_ERRORS,
  programLayer,
  type Programmed,
  readLayer,
} from "./read.ts";
export { arraySimulator } from "./simulator.ts";
export { programmedWeights } from "./programmed_weights.ts";
export { effectiveMatrices } from "./wires.ts";
