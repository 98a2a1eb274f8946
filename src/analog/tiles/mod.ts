/**
 * AIHWKit's model: tiles of resistive memory and their periphery, equal to AIHWKit 1.1.0 where that can be
 * checked, and hardware-aware training on them.
 *
 * Plain functions on Float32Array hold the physics: `conductance` (weights as pairs of devices), `device`
 * (what is asked of one), `pcm` and `reram` (its error, drift and noise), `tile` (mapping, splitting, programming and drift
 * of a crossbar), `periphery` (DAC, output noise, ADC), `drift_compensation`, `hardware_aware` (what
 * training does to a tile). Chance enters as an argument: a `NormalSource`.
 */
export { type Conductances, maxAbs, toConductances, toWeights } from "./conductance.ts";
export {
  drawDriftExponents,
  driftConductances,
  driftExponentMean,
  driftExponentSd,
  programConductances,
  programmingSigma,
  readSigma,
  T_0_S,
} from "./pcm.ts";
export { type DeviceModel, type DeviceNoise, isExtrapolated } from "./device.ts";
export { reramSigma, reramWan2022 } from "./reram.ts";
export { driftTile, mapWeights, type Programmed, programTile, splitSizes } from "./tile.ts";
export {
  applyInputRange,
  type Converter,
  converter,
  multiply,
  type Periphery,
  periphery,
  quantize,
} from "./periphery.ts";
export { compensation, readOut } from "./drift_compensation.ts";
export {
  clipWeights,
  inputRangeGradient,
  modifyWeights,
  rangeSums,
  remapWeights,
  updateInputRange,
  type WeightError,
} from "./hardware_aware.ts";
export {
  type AnalogLayer,
  type AnalogNetwork,
  type AnalogTile,
  convert,
  convertLayer,
  tilesOf,
} from "./convert.ts";
export {
  drift,
  program,
  type ProgrammedTile,
  type ProgrammedTiles,
  type Reading,
  type Readings,
} from "./program.ts";
export { type AnalogKernel, loadAnalogKernel } from "./kernel.ts";
export { analogForward, type Crossbars, layerTensors, type TileTensors } from "./layer.ts";
export { type GradientRule, type TrainingTile, trainTile } from "./train_tile.ts";
export { analogEvaluation } from "./evaluate.ts";
export { logicalState, remapped, tileSimulator } from "./simulator.ts";
export { analogAccuracy_pct, analogLogits } from "./accuracy.ts";
export { type HwtNetwork, hwtNetwork } from "./hwt_network.ts";
export { type HwtSetting, hwtSetting, type HwtState, loadState, networkOf } from "./hwt_state.ts";
export { hwtStep, type HwtStepResult } from "./hwt_step.ts";
export { type HwtOptions, type HwtStage, hwtStage } from "./hwt_stage.ts";
export { type Retained, retention } from "./retention.ts";
export { restoredNetwork, storedNetwork } from "./stored_network.ts";
export { calibrateInputRanges } from "./calibrate.ts";
export { type LayerInput, layerInputs } from "./clipping.ts";
export { type LayerError, layerError } from "./layer_error.ts";
export { type Deviation, deviationsOf, weightDeviation, weightDistribution } from "./deviation.ts";
