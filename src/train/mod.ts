/**
 * Training: the epoch loop with its checkpoints, optimizers and schedules, and the baseline stage.
 *
 * Quantization-aware and hardware-aware training are stages of the same loop in their own rooms.
 */
export { type Checkpoint, type EpochRecord, readCheckpoint } from "./checkpoint.ts";
export { differences, type Json } from "./differences.ts";
export {
  CHECKPOINT,
  type LoopOptions,
  RECORDS,
  type Stage,
  stepsPerEpoch,
  trainLoop,
} from "./loop.ts";
export { accuracy_pct, countCorrect, digitalAccuracy_pct, imageTensor } from "./accuracy.ts";
export { type BaselineOptions, baselineStage } from "./baseline.ts";
export { type NetworkTrainer, networkTrainer } from "./network_trainer.ts";
export { adam, clipGlobalNorm, type Optimizer, sgd } from "./optimizer.ts";
export { dataFor, type ProtocolData } from "./protocol_data.ts";
export {
  loadWeights,
  readWeightFile,
  saveWeights,
  stateOf,
  type WeightFile,
  type Weights,
  weightsIn,
} from "./weights.ts";
export { refuseUnsound } from "./sound.ts";
export { followRun, readRecords } from "./follow.ts";
export { MEASURED_TRAINING, type MeasuredRun, measuredRuns } from "./measured.ts";
export { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
export type { SafetensorsFile, StoredTensor, StoredTensors } from "./safetensors.ts";
export { afterEpoch, cosine, type Plateau } from "./schedule.ts";
