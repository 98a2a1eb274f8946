/**
 * A layer on arrays. Its outputs are a sum over the arrays along the inputs, the slices of the weights and the
 * slices of the inputs, each term converted by an ADC of its own, then scaled:
 *
 *     y = sum of weight ADC(I) + offset x (sum of inputs),  I = (T+ - T-) v + read noise
 *
 * Source: CrossSim 3.2.0, `cores/`. Chance enters as `seed`.
 */
import type { Backend, Tensor, Tensor1D, Tensor2D, Tensor4D } from "../../backend.ts";
import {
  inputPart,
  type LayerShape,
  type MatrixPiece,
  spread,
  weightTensor,
} from "../layer_shape.ts";
import { bitWeights, type InputConverter } from "./converters.ts";
import type { ArrayDesign, BitSerial, Converter } from "./design.ts";
import type { ArrayKernel, NoiseSeed } from "./kernel.ts";
import {
  arraySizes,
  type Conductances,
  readingOf,
  toConductances,
  weightLimit,
} from "./mapping.ts";

/** One slice of an array's weights: what its devices are to hold, and the ADC behind them. */
export interface ArraySlice {
  readonly target: Conductances;
  readonly adc: Converter;
}

/** An array and its slices. */
export interface ArrayPiece extends MatrixPiece {
  readonly slices: readonly ArraySlice[];
}

/** A layer on arrays. Its matrix is [out x in], in = channels x kernel x kernel. */
export interface ArrayLayer {
  readonly shape: LayerShape;
  readonly design: ArrayDesign;
  /** The weight that fills a device's window. */
  readonly limit: number;
  readonly input: InputConverter;
  /** Null: all bits at once. */
  readonly bitSerial: BitSerial | null;
  readonly pieces: readonly ArrayPiece[];
}

/** What a read finds of a slice: the matrix that multiplies the inputs, and the variance of a read's noise. */
export interface ReadSlice {
  /** [out x in], of g_max. */
  readonly matrix: Float32Array;
  /** [out x in]; null without read noise. */
  readonly variance: Float32Array | null;
}

/** By array and slice. */
export type LayerReading = readonly (readonly ReadSlice[])[];

/** What computing on arrays needs. */
export interface ArrayMachine {
  readonly backend: Backend;
  readonly kernel: ArrayKernel;
}

/**
 * Puts a layer onto arrays.
 *
 * @param adc of an array of so many inputs, for slice number `slice`
 */
export function layerOnArrays(
  shape: LayerShape,
  matrix: Float32Array,
  design: ArrayDesign,
  input: InputConverter,
  bitSerial: BitSerial | null,
  adc: (inputs: number, slice: number) => Converter,
): ArrayLayer {
  const limit = weightLimit(matrix, design.weightPercentile);
  const inFeatures = shape.inChannels * shape.kernel ** 2, outSize = shape.outChannels;
  let inStart = 0;
  const pieces = arraySizes(inFeatures, design.maxInputs).map((inSize) => {
    const piece = new Float32Array(outSize * inSize);
    for (let o = 0; o < outSize; o++) {
      const at = o * inFeatures + inStart;
      piece.set(matrix.subarray(at, at + inSize), o * inSize);
    }
    const slices = toConductances(piece, limit, design)
      .map((target, slice) => ({ target, adc: adc(inSize, slice) }));
    const start = inStart;
    inStart += inSize;
    return { inStart: start, inSize, outSize, slices };
  });
  return { shape, design, limit, input, bitSerial, pieces };
}

/** A slice's tensors. */
interface SliceTensors {
  readonly adc: Converter;
  /** In the layout of `weightTensor`. */
  readonly matrix: Tensor;
  readonly variance: Tensor | null;
  /** By slice of the inputs, `[out]`: what an ADC's output counts in the layer's. */
  readonly scales: readonly Tensor1D[];
}

/** A layer's tensors; the holder disposes them. */
export interface LayerTensors {
  readonly pieces: readonly (readonly SliceTensors[])[];
  /** Weights of the inputs' sum; null where there are pairs. */
  readonly offset: Tensor | null;
}

/**
 * A read layer as tensors.
 *
 * @param factors `[out]`, what follows the layer (a batch norm); ones where null
 */
export function layerTensors(
  backend: Backend,
  layer: ArrayLayer,
  reading: LayerReading,
  factors: Float32Array | null,
): LayerTensors {
  const { tf } = backend, { shape, input, bitSerial, limit } = layer;
  const { factors: digits, offset } = readingOf(layer.design);
  const unit = limit / input.gain, bits = bitSerial === null ? [1] : bitWeights(bitSerial);
  const perOutput = (value: number) =>
    Float32Array.from({ length: shape.outChannels }, (_, o) => value * (factors?.[o] ?? 1));
  const whole = {
    inStart: 0,
    inSize: shape.inChannels * shape.kernel ** 2,
    outSize: shape.outChannels,
  };
  const pieces = layer.pieces.map((piece, p) =>
    piece.slices.map(({ adc }, s): SliceTensors => {
      const { matrix, variance } = reading[p][s];
      return {
        adc,
        matrix: weightTensor(backend, shape, piece, matrix),
        variance: variance && weightTensor(backend, shape, piece, variance),
        scales: bits.map((weight) => tf.tensor1d(perOutput(unit * digits[s] * weight))),
      };
    })
  );
  const sums = () => {
    const each = perOutput(unit * offset), values = new Float32Array(whole.inSize * whole.outSize);
    each.forEach((value, o) => values.fill(value, o * whole.inSize, (o + 1) * whole.inSize));
    return weightTensor(backend, shape, whole, values);
  };
  return { pieces, offset: offset === 0 ? null : sums() };
}

/** Products of the layer's inputs with a matrix. */
function products({ backend }: ArrayMachine, shape: LayerShape, v: Tensor, w: Tensor): Tensor {
  return shape.kind === "convolution"
    ? backend.conv2d(v as Tensor4D, spread(backend, shape, w), shape.stride, shape.padding)
    : backend.tf.matMul(v as Tensor2D, w as Tensor2D);
}

/** Told of the currents ahead of each ADC, by slice of the weights. */
export type OnCurrents = (slice: number, currents: Tensor) => void;

/**
 * The layer's output, `[batch, height, width, out]` or `[batch, out]`.
 *
 * @param shift `[out]`, added last: a bias or a batch norm's offset; null for none
 * @param seed of the read noise of each `draw`
 */
export function arrayForward(
  machine: ArrayMachine,
  { shape, input, bitSerial, pieces }: ArrayLayer,
  tensors: LayerTensors,
  shift: Tensor1D | null,
  x: Tensor,
  seed: (draw: number) => NoiseSeed,
  onCurrents?: OnCurrents,
): Tensor {
  const { backend, kernel } = machine, { tf } = backend;
  return tf.tidy(() => {
    const v = kernel.dac(x, input.gain, input.converter);
    let sum = tensors.offset && products(machine, shape, v, tensors.offset), draw = 0;
    let added = shift;
    pieces.forEach((piece, p) => {
      const part = inputPart(backend, shape, piece, v);
      for (let k = 0; k < tensors.pieces[p][0].scales.length; k++) {
        const applied = bitSerial === null ? part : kernel.bits(part, bitSerial, k);
        tensors.pieces[p].forEach(({ adc, matrix, variance, scales }, slice) => {
          const y = products(machine, shape, applied, matrix);
          onCurrents?.(slice, y);
          const noise = variance && {
            variance: products(machine, shape, tf.square(applied), variance),
            seed: seed(draw++),
          };
          const out = kernel.adc<Tensor>(y, scales[k], added, sum, noise, adc);
          tf.dispose([y, sum ?? []]);
          sum = out, added = null;
        });
      }
    });
    return sum!;
  });
}
