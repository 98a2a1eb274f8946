/** Layers as matrices: which ones can be on crossbars, and the layout of their pieces in TensorFlow. */
import type { Backend, Tensor } from "../backend.ts";
import { isOrdinary, layersOf, type NetworkPlan } from "../network/mod.ts";

/** Shape of a layer on crossbars. Its weight is the matrix [out x in], in = channels x kernel x kernel. */
export interface LayerShape {
  readonly name: string;
  readonly kind: "convolution" | "linear";
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of a convolution's kernel; 1 for a linear layer. */
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** A piece of a layer's matrix [out x in], on one crossbar. */
export interface MatrixPiece {
  /** First row of the layer's matrix in this piece, and how many. Rows are channel-major, then y, then x. */
  readonly inStart: number;
  readonly inSize: number;
  readonly outSize: number;
}

/**
 * All layers of a network that are put on crossbars: linear layers and ordinary convolutions. A depthwise
 * convolution stays digital: as a matrix it would fill one cell in as many as it has channels, and all others,
 * meant to be zero, would add their programming and read noise. So does a dilated one, whose taps lie apart.
 */
export function layerShapes(plan: NetworkPlan): LayerShape[] {
  return layersOf(plan).flatMap((entry): LayerShape[] => {
    switch (entry.kind) {
      case "convolution":
        return isOrdinary(entry.layer) ? [{ kind: "convolution", ...entry.layer }] : [];
      case "linear": {
        const { name, inFeatures, outFeatures } = entry.layer;
        const sizes = { inChannels: inFeatures, outChannels: outFeatures };
        return [{ kind: "linear", name, ...sizes, kernel: 1, stride: 1, padding: 0 }];
      }
      case "batch_norm":
      case "bias":
        return [];
    }
  });
}

/** Channels of the layer's input that a piece of its matrix sees. */
export function channelsOf({ kernel }: LayerShape, { inStart, inSize }: MatrixPiece) {
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
