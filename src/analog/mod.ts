/**
 * The analog room: trained networks on simulated crossbars. `tiles/` holds AIHWKit's model and
 * hardware-aware training on it, `arrays/` CrossSim's model; neither knows the other.
 */
export { gaussian, noNoise, type NormalSource } from "./gaussian.ts";
export {
  type LayerShape,
  layerShapes,
  type MatrixPiece,
  weightMatrix,
  weightTensor,
} from "./layer_shape.ts";
export * from "./tiles/mod.ts";
export * as arrays from "./arrays/mod.ts";
