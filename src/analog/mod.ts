/**
 * The analog room: trained networks on simulated crossbars. `tiles/` holds AIHWKit's model and
 * hardware-aware training on it, `arrays/` CrossSim's model; neither knows the other. Both answer `simulator.ts`.
 */
export { analogShapes } from "./digital_layers.ts";
export { gaussian, noNoise, type NormalSource } from "./gaussian.ts";
export {
  type LayerShape,
  layerShapes,
  type MatrixPiece,
  weightMatrix,
  weightTensor,
} from "./layer_shape.ts";
export type { AnalogEvaluation, AnalogLogits } from "./logits.ts";
export {
  type CalibrationImages,
  type MappedNetwork,
  type ProgrammedNetwork,
  type Readout,
  readoutAccuracy_pct,
  type Simulator,
  type TrainedNetwork,
} from "./simulator.ts";
export { type MemoryCurve, type MemoryLaw, memoryLaws } from "./memories.ts";
export { assertMappable, simulatorOf } from "./simulators.ts";
export * from "./tiles/mod.ts";
// These take the place of the tiles' own of the same names: they know the memories of the arrays too.
export { hwtNetwork, hwtStage } from "./hardware_aware.ts";
/** CrossSim's model: arrays of memory devices. */
export * as arrays from "./arrays/mod.ts";
