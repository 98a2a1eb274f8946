/** A network on arrays in evaluation mode, as the layers of `network`'s walk over the graph. */
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "../../backend.ts";
import type { Batch } from "../../dataset/mod.ts";
import {
  type Affine,
  affineNorms,
  evaluationOps,
  forward,
  type LayerOps,
  toTensors,
} from "../../network/mod.ts";
import { imageTensor } from "../../train/mod.ts";
import type { AnalogEvaluation } from "../logits.ts";
import { arrayForward, type ArrayMachine, type LayerTensors, layerTensors } from "./layer.ts";
import type { ArrayNetwork, NetworkReading } from "./network.ts";

/** Told of a layer's currents ahead of its ADCs, by slice of the weights, its arrays one after another. */
export type OnLayerCurrents = (layer: string, bySlice: readonly Float32Array[]) => void;

/** A layer ready for evaluation. */
interface Loaded {
  readonly tensors: LayerTensors;
  /** Another's: a bias, or a batch norm's offset. */
  readonly shift: Tensor1D | null;
}

/** Draws of read noise are numbered: those of one layer start behind those of the layers before. */
const DRAWS_A_LAYER = 4096;

/**
 * The network's layers as `reading` found them. A batch norm behind a convolution is merged into the factor and
 * the offset that follow the ADC: the same function, rounding apart, and a pass over memory less.
 */
export function arrayEvaluation(
  machine: ArrayMachine,
  { plan, state, layers }: ArrayNetwork,
  reading: NetworkReading,
  onCurrents?: OnLayerCurrents,
): AnalogEvaluation & { show(images: Batch): void } {
  const { backend } = machine, { tf } = backend;
  const tensors = toTensors(backend, plan, state);
  const digital = evaluationOps(backend, plan, tensors),
    norms = affineNorms(backend, plan, tensors);
  const numbers = Object.fromEntries(Object.keys(layers).map((name, i) => [name, i]));
  const loaded: Record<string, Loaded> = {};
  // Loaded within the walk over the graph, which gives back what is not kept.
  const load = (name: string, norm: Affine | null): Loaded => {
    if (loaded[name] !== undefined) return loaded[name];
    const factors = norm && norm.scale.dataSync() as Float32Array;
    const own = layerTensors(backend, layers[name], reading[name], factors);
    tensorsOf(own).forEach((tensor) => tf.keep(tensor));
    // A convolution's bias is a step of its own.
    const isLinear = layers[name].shape.kind === "linear";
    const bias = isLinear ? tensors.parameters[`${name}.bias`] as Tensor1D : null;
    return loaded[name] = { tensors: own, shift: norm?.offset ?? bias };
  };
  const run = <T extends Tensor>(name: string, norm: Affine | null, x: T, seed: number): T => {
    const { tensors, shift } = load(name, norm), layer = layers[name];
    const seedOf = (draw: number) => [seed, numbers[name] * DRAWS_A_LAYER + draw] as const;
    if (onCurrents === undefined) {
      return arrayForward(machine, layer, tensors, shift, x, seedOf) as T;
    }
    const parts: Float32Array[][] = layer.pieces[0].slices.map(() => []);
    const y = arrayForward(machine, layer, tensors, shift, x, seedOf, (slice, currents) => {
      parts[slice].push(currents.dataSync() as Float32Array);
    });
    onCurrents(name, parts.map(joined));
    return y as T;
  };
  const ops = (noiseSeed: number): LayerOps => ({
    ...digital,
    convolution: (layer, x) =>
      layer.name in layers
        ? run<Tensor4D>(layer.name, null, x, noiseSeed)
        : digital.convolution(layer, x),
    convolutionUnit: (unit, x) =>
      unit.convolution.name in layers
        ? run<Tensor4D>(unit.convolution.name, norms[unit.norm.name], x, noiseSeed)
        : digital.convolutionUnit!(unit, x),
    linear: (layer, x) =>
      layer.name in layers
        ? run<Tensor2D>(layer.name, null, x, noiseSeed)
        : digital.linear(layer, x),
  });
  return {
    ops,
    show(images) {
      const x = imageTensor(backend, images);
      tf.dispose([forward(backend, plan, ops(0), x), x]);
    },
    dispose() {
      digital.dispose();
      tf.dispose(Object.values(loaded).flatMap(({ tensors }) => tensorsOf(tensors)));
      for (const { scale, offset } of Object.values(norms)) tf.dispose([scale, offset]);
      tf.dispose([{ ...tensors.parameters }, { ...tensors.statistics }]);
    },
  };
}

const tensorsOf = ({ pieces, offset }: LayerTensors): Tensor[] => [
  ...pieces.flat().flatMap(({ matrix, variance, scales }) => [
    matrix,
    ...(variance ? [variance] : []),
    ...scales,
  ]),
  ...(offset ? [offset] : []),
];

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0];
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
