/**
 * What it costs to run a network on a chip of crossbars: energy, latency and area, estimated from counts of its
 * shapes and figures of published chips. A model, never a measurement. Knows the space only, so that a page in a
 * browser may use it.
 */
export {
  type ChipCost,
  chipCost,
  type EnergyPart,
  energyParts,
  publishedCost,
  wholeTiles,
} from "./cost.ts";
export {
  CHIP_CONSTANTS,
  type Constant,
  CONSTANT_NAMES,
  type ConstantName,
  constantsAt,
  type ConstantValues,
  type Level,
  type Spread,
} from "./constants.ts";
