/** Layers as matrices: which ones can be on crossbars, and the layout of their pieces in TensorFlow. */
import { hasLength } from "../arguments.ts";
import type { Backend, Tensor, Tensor4D } from "../backend.ts";
import type { Hardware } from "../config.ts";
import { isDepthwise, layersOf, type NetworkPlan } from "../network/mod.ts";

/**
 * Shape of a layer on crossbars. Its weight is the matrix [out x in], in = channels x kernel x kernel; of a
 * depthwise convolution it is [channels x kernel x kernel], whose rows see one channel each.
 */
export interface LayerShape {
  readonly name: string;
  readonly kind: "convolution" | "linear";
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of a convolution's kernel; 1 for a linear layer. */
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  /** 1, or the number of channels of a depthwise convolution. */
  readonly groups: number;
  /** Pixels from tap to tap. */
  readonly dilation: number;
}

/** A piece of a layer's matrix [out x in], on one crossbar. */
export interface MatrixPiece {
  /** First row of the layer's matrix in this piece, and how many. Rows are channel-major, then y, then x. */
  readonly inStart: number;
  readonly inSize: number;
  readonly outSize: number;
}

/** What is done with depthwise convolutions: kept digital, or each channel on a tile of its own. */
export type Depthwise = Hardware["depthwise"];

/**
 * All layers of a network that are put on crossbars: linear layers and convolutions. A depthwise convolution
 * stays digital, or its channels are told apart (`sequential`): as one matrix it would fill one cell in as
 * many as it has channels, and all others, meant to be zero, would add their programming and read noise.
 */
export function layerShapes(plan: NetworkPlan, depthwise: Depthwise = "digital"): LayerShape[] {
  return layersOf(plan).flatMap((entry): LayerShape[] => {
    switch (entry.kind) {
      case "convolution":
        return isDepthwise(entry.layer) && depthwise === "digital"
          ? []
          : [{ kind: "convolution", ...entry.layer }];
      case "linear": {
        const { name, inFeatures, outFeatures } = entry.layer;
        const sizes = { inChannels: inFeatures, outChannels: outFeatures, kernel: 1 };
        return [{ kind: "linear", name, ...sizes, stride: 1, padding: 0, groups: 1, dilation: 1 }];
      }
      case "batch_norm":
      case "bias":
        return [];
    }
  });
}

/** How many weights the layer has. */
export const weightCount = ({ inChannels, outChannels, kernel, groups }: LayerShape): number =>
  outChannels * inChannels / groups * kernel ** 2;

/** Place in the layer's weights of the first one of output `out` in a piece whose inputs start at `inStart`. */
export function rowStart(shape: LayerShape, inStart: number, out: number): number {
  return shape.groups > 1 ? inStart : out * shape.inChannels * shape.kernel ** 2 + inStart;
}

/** Channels of the layer's input that a piece of its matrix sees. */
function channelsOf({ kernel }: LayerShape, { inStart, inSize }: MatrixPiece) {
  const area = kernel ** 2, first = Math.floor(inStart / area);
  return { first, count: Math.ceil((inStart + inSize) / area) - first };
}

/** Weights [out x in] of a piece in TensorFlow's layout; zero where a shared channel is another piece's. */
export function weightTensor(
  { tf }: Backend,
  shape: LayerShape,
  piece: MatrixPiece,
  weights: Float32Array,
): Tensor {
  const { kernel } = shape, area = kernel ** 2;
  const { inStart, inSize, outSize } = piece, { first, count } = channelsOf(shape, piece);
  hasLength(`Weights of a piece of ${outSize} x ${inSize}`, weights, outSize * inSize);
  const values = new Float32Array(area * count * outSize);
  for (let i = 0; i < inSize; i++) {
    const place = inStart + i, channel = Math.floor(place / area) - first;
    const at = ((place % area) * count + channel) * outSize;
    for (let o = 0; o < outSize; o++) values[at + o] = weights[o * inSize + i];
  }
  return shape.kind === "convolution"
    ? tf.tensor4d(values, [kernel, kernel, count, outSize])
    : tf.tensor2d(values, [count, outSize]);
}

/** The inverse of `weightTensor`, for values as TensorFlow holds them. */
export function weightMatrix(
  shape: LayerShape,
  piece: MatrixPiece,
  values: Float32Array,
): Float32Array {
  const area = shape.kernel ** 2;
  const { inStart, inSize, outSize } = piece, { first, count } = channelsOf(shape, piece);
  hasLength(`Values of a piece of ${outSize} x ${inSize}`, values, area * count * outSize);
  const weights = new Float32Array(outSize * inSize);
  for (let i = 0; i < inSize; i++) {
    const place = inStart + i, channel = Math.floor(place / area) - first;
    const at = ((place % area) * count + channel) * outSize;
    for (let o = 0; o < outSize; o++) weights[o * inSize + i] = values[at + o];
  }
  return weights;
}

/** The part of a layer's input that a piece of its matrix sees; the input itself where that is all. */
export function inputPart(
  { tf }: Backend,
  shape: LayerShape,
  piece: MatrixPiece,
  x: Tensor,
): Tensor {
  const { first, count } = channelsOf(shape, piece);
  if (count === shape.inChannels) return x;
  const begin = x.shape.map(() => 0), size = x.shape.map(() => -1);
  begin[x.rank - 1] = first, size[x.rank - 1] = count;
  return tf.slice(x, begin, size);
}

/** A piece's weights as the convolution takes them, zeros between the taps of a dilated one. */
export const spread = (backend: Backend, { dilation }: LayerShape, weights: Tensor): Tensor4D =>
  dilation === 1 ? weights as Tensor4D : backend.spreadTaps(weights as Tensor4D, dilation);
