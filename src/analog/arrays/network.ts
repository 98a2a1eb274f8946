/** A trained network on arrays: layers, ranges of their signals, programming and reading. */
import type { Batch } from "../../dataset/mod.ts";
import type { ArraySettings } from "../../config.ts";
import type { NetworkPlan, State } from "../../network/mod.ts";
import { InputError } from "../../input_error.ts";
import { prng } from "../../random.ts";
import { gaussian, noNoise, type NormalSource } from "../gaussian.ts";
import { analogShapes } from "../digital_layers.ts";
import type { LayerShape } from "../layer_shape.ts";
import { observeInputs } from "../observe_inputs.ts";
import { percentileLimits, powerOf2Limits, symmetric } from "./calibration.ts";
import {
  type InputConverter,
  inputConverter,
  type Limits,
  maximumLimits,
  quantizer,
  signMagnitude,
} from "./converters.ts";
import { type ArrayDesign, type Converter, IDEAL } from "./design.ts";
import { extrapolation } from "./devices.ts";
import { arrayEvaluation } from "./evaluate.ts";
import { type ArrayLayer, type ArrayMachine, layerOnArrays, type LayerReading } from "./layer.ts";
import { type ArrayPhysics, NO_ERRORS, programLayer, type Programmed, readLayer } from "./read.ts";
import { assertSolvable } from "./wires.ts";

/** A network on arrays, layers by name. */
export interface ArrayNetwork {
  readonly plan: NetworkPlan;
  /** The digital numbers, those of the layers on arrays included. */
  readonly state: State;
  readonly layers: Readonly<Record<string, ArrayLayer>>;
}

/** By the layer's name. */
export type NetworkReading = Readonly<Record<string, LayerReading>>;

/** Voltage of a read, V. Source: CrossSim's suggestion for SONOS, the one device whose data are currents. */
export const READ_VOLTAGE_V = 0.1;

/** How the settings hold weights. */
export const designOf = (settings: ArraySettings): ArrayDesign => ({
  coding: settings.coding,
  slicing: settings.slicing,
  window: { rMin_ohm: settings.rMin_ohm, rMax_ohm: settings.rMax_ohm, vRead_V: READ_VOLTAGE_V },
  levelBits: settings.levelBits,
  weightPercentile: 1,
  maxInputs: settings.maxInputs,
});

/** Throws InputError for wires on arrays of these layers that are too large to solve. */
export function assertWires(
  shapes: readonly LayerShape[],
  { wire_ohm, maxInputs }: Pick<ArraySettings, "wire_ohm" | "maxInputs">,
): void {
  if (wire_ohm === 0) return;
  const layers = shapes.map(({ name, inChannels, kernel, outChannels }) => ({
    name,
    inputs: inChannels * kernel ** 2,
    outputs: outChannels,
  }));
  assertSolvable(layers, maxInputs);
}

/**
 * Puts all convolutions and the classifier of a trained network onto arrays. Ranges come from the images: of
 * the inputs what the digital network shows, of the ADCs percentiles of what reaches them without errors.
 *
 * @param digital names of layers that are kept off the arrays
 * Throws InputError for wires on arrays too large to solve, and as `analogShapes` does.
 */
export function networkOnArrays(
  machine: ArrayMachine,
  plan: NetworkPlan,
  state: State,
  settings: ArraySettings,
  images: Batch,
  digital: readonly string[] = [],
): ArrayNetwork {
  const shapes = analogShapes(plan, digital), design = designOf(settings);
  assertWires(shapes, settings);
  const layers = Object.fromEntries(shapes.map((shape) => [shape.name, { shape }]));
  const inputs: Record<string, InputConverter> = {};
  observeInputs(machine.backend, { plan, state, layers }, [images], ({ name }, x) => {
    inputs[name] = inputConverter(settings.dacBits, inputRange(x.dataSync() as Float32Array));
  });
  const onArrays = (adc: (shape: LayerShape) => (inputs: number, slice: number) => Converter) => {
    const onArray = (shape: LayerShape) => {
      // For a layer that no image reaches every range will do.
      const input = inputs[shape.name] ?? inputConverter(settings.dacBits, [-1, 1]);
      const { magnitudeBits } = input, isSerial = settings.bitSerial && magnitudeBits !== null;
      const bitSerial = isSerial ? { magnitudeBits, sliceBits: 1 } : null;
      const matrix = state[`${shape.name}.weight`];
      return layerOnArrays(shape, matrix, design, input, bitSerial, adc(shape));
    };
    return { plan, state, layers: Object.fromEntries(shapes.map((s) => [s.name, onArray(s)])) };
  };
  const { adcBits } = settings;
  if (adcBits === 0) return onArrays(() => () => IDEAL);
  if (settings.adcRange === "max") {
    return onArrays(({ name }) => (size) => {
      const input = inputs[name] ?? inputConverter(settings.dacBits, [-1, 1]);
      return adcOver(adcBits, maximumLimits({ design, adcBits, input }, size));
    });
  }
  const seen = currents(machine, onArrays(() => () => IDEAL), images);
  return onArrays(({ name }) => (_, slice) => {
    const [lo, hi] = seen[name]?.[slice] ?? [0, 0], isOffset = design.coding === "offset";
    if (lo === 0 && hi === 0) return adcOver(adcBits, [-1, 1]); // silent: every range will do
    if (design.slicing !== null) return adcOver(adcBits, powerOf2Limits([lo, hi]));
    return isOffset && !inputs[name].isSigned && lo < hi
      ? quantizer(adcBits, lo, hi)
      : adcOver(adcBits, symmetric([lo, hi]));
  });
}

const adcOver = (bits: number, limits: Limits): Converter =>
  limits[0] === -limits[1] ? signMagnitude(bits, limits) : quantizer(bits, ...limits);

/** From 0 for signals that are never negative, else symmetric; a silent layer gets any range. */
function inputRange(values: Float32Array): Limits {
  let lo = 0, hi = 0;
  for (const v of values) {
    if (v < lo) lo = v;
    if (v > hi) hi = v;
  }
  if (lo === 0 && hi === 0) return [0, 1];
  return lo < 0 ? symmetric([lo, hi]) : [0, hi];
}

/** Percentiles of the currents ahead of the ADCs, by layer and slice, its arrays taken together. */
function currents(machine: ArrayMachine, network: ArrayNetwork, images: Batch) {
  const limits: Record<string, Limits[]> = {};
  const evaluation = arrayEvaluation(machine, network, readWithoutErrors(machine, network), (
    name,
    bySlice,
  ) => {
    limits[name] = bySlice.map((values) => percentileLimits(values.sort()));
  });
  evaluation.show(images);
  evaluation.dispose();
  return limits;
}

/** Draws a programming event for every layer. */
export function programNetwork(
  { layers }: ArrayNetwork,
  seed: number,
): Readonly<Record<string, Programmed>> {
  const normal = (name: string): NormalSource => gaussian(prng(seed, `program/${name}`));
  return eachLayer(layers, (layer, name) => programLayer(layer, normal(name)));
}

/**
 * The network as read `t_days` after an event.
 * Throws InputError for a time or a window of conductances that the device has no data for (`extrapolation`);
 * `readLayer` goes on along the laws.
 */
export const readNetwork = (
  { kernel }: ArrayMachine,
  { layers }: ArrayNetwork,
  event: Readonly<Record<string, Programmed>>,
  physics: ArrayPhysics,
  t_days: number,
): NetworkReading =>
  eachLayer(layers, (layer, name) => {
    const fault = extrapolation(physics.device, layer.design.window, t_days);
    if (fault !== null) throw new InputError(`${name}: ${fault}.`);
    return readLayer(kernel, layer, event[name], physics, t_days);
  });

/** The network as it is mapped: devices at their targets, wires and reads ideal. */
export function readWithoutErrors(machine: ArrayMachine, network: ArrayNetwork): NetworkReading {
  const event = eachLayer(network.layers, (layer) => programLayer(layer, noNoise));
  return readNetwork(machine, network, event, NO_ERRORS, 0);
}

const eachLayer = <T>(
  layers: Readonly<Record<string, ArrayLayer>>,
  f: (layer: ArrayLayer, name: string) => T,
): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(layers).map(([name, layer]) => [name, f(layer, name)]));
