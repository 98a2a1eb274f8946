/**
 * A layer's tiles on TensorFlow. A convolution needs no unfolding into patches: the input is quantized
 * once, convolved, and every output is one product of the crossbar with its own noise and conversion. A
 * split along the input is a split of channels, where the cut falls inside a channel both tiles see it.
 */
import type { Backend, Tensor, Tensor1D, Tensor2D, Tensor4D } from "../../backend.ts";
import { inputPart, type LayerShape, spread, weightTensor } from "../layer_shape.ts";
import type { AnalogLayer, AnalogTile } from "./convert.ts";
import type { AnalogKernel } from "./kernel.ts";
import type { Periphery } from "./periphery.ts";
import type { Reading } from "./program.ts";

/** Everything that computing on tiles needs beside the tiles. */
export interface Crossbars {
  readonly backend: Backend;
  readonly kernel: AnalogKernel;
  readonly periphery: Periphery;
  /** Sums in double precision, rounded once: bit-equal to `multiply`, and slow. Off by default. */
  readonly exactSums?: boolean;
}

/** A tile as tensors; the holder disposes them. */
export interface TileTensors {
  readonly tile: AnalogTile;
  /** Convolution `[kernel, kernel, channels, out]`, linear `[channels, out]`, normalised. */
  readonly weights: Tensor;
  /** Input range x mapping scale x drift compensation, `[out]`. */
  readonly scale: Tensor1D;
  /** `[1]` */
  readonly range: Tensor1D;
}

/** A tile as it was mapped or, with `reading`, as it was found. */
function tileTensors(
  backend: Backend,
  shape: LayerShape,
  tile: AnalogTile,
  reading?: Reading,
): TileTensors {
  const { tf } = backend, { inputRange, scales } = tile;
  const weights = weightTensor(backend, shape, tile, reading?.weights ?? tile.weights);
  const range = Math.fround(inputRange), alpha = Math.fround(reading?.alpha ?? 1);
  const scale = tf.tensor1d(scales.map((s) => Math.fround(range * s) * alpha));
  return { tile, weights, scale, range: tf.tensor1d([range]) };
}

/** The crossbar's sums of inputs times weights, before the periphery. */
export function products(
  { backend, kernel, exactSums }: Crossbars,
  shape: LayerShape,
  v: Tensor,
  weights: Tensor,
): Tensor {
  const { tf } = backend, { stride, padding } = shape;
  if (shape.kind === "convolution") {
    const [x, w] = [v as Tensor4D, spread(backend, shape, weights)];
    return exactSums
      ? kernel.exactProducts(x, w, stride, padding)
      : backend.conv2d(x, w, stride, padding);
  }
  if (!exactSums) return tf.matMul(v as Tensor2D, weights as Tensor2D);
  const [batch, channels] = v.shape, out = weights.shape[1]!;
  const x = tf.reshape(v, [batch, 1, 1, channels]) as Tensor4D;
  const w = tf.reshape(weights, [1, 1, channels, out]) as Tensor4D;
  return tf.reshape(kernel.exactProducts(x, w, 1, 0), [batch, out]);
}

/**
 * The layer's output in evaluation mode, `[batch, height, width, out]` or `[batch, out]`.
 *
 * @param tiles of the whole layer; their scale may hold a factor of what follows (a batch norm)
 * @param offset `[out]`, added last: a bias or a batch norm's offset; null for none
 * @param seed `[2]` int32 for the tile of this number; the noise is a function of it
 */
export function analogForward(
  crossbars: Crossbars,
  shape: LayerShape,
  tiles: readonly TileTensors[],
  offset: Tensor1D | null,
  x: Tensor,
  seed: (tile: number) => Tensor1D,
): Tensor {
  const { backend: { tf }, kernel, periphery } = crossbars;
  return tf.tidy(() => {
    const outputs = new Map<number, Tensor>(); // by first output
    tiles.forEach(({ tile, weights, scale, range }, number) => {
      const { outStart, outSize } = tile, sum = outputs.get(outStart) ?? null;
      const v = kernel.dac(inputPart(crossbars.backend, shape, tile, x), range, periphery.dac);
      const y = products(crossbars, shape, v, weights);
      v.dispose();
      const isWhole = outSize === shape.outChannels;
      const shift = sum || !offset ? null : isWhole ? offset : offset.slice([outStart], [outSize]);
      const { outputNoise, adc } = periphery;
      const out = kernel.adc<Tensor>(y, scale, shift, sum, seed(number), outputNoise, adc);
      tf.dispose([y, sum ?? []]);
      outputs.set(outStart, out);
    });
    const pieces = [...outputs.values()];
    return pieces.length === 1 ? pieces[0] : tf.concat(pieces, pieces[0].rank - 1);
  });
}

/** All tiles of a layer as tensors. */
export function layerTensors(
  backend: Backend,
  { shape, tiles }: AnalogLayer,
  readings?: Readonly<Record<string, Reading>>,
): TileTensors[] {
  return tiles.map((tile) => tileTensors(backend, shape, tile, readings?.[tile.name]));
}
