/**
 * Size of the full network of a cell, without building it.
 *
 * Macro skeleton (Dong & Yang 2020, figure 1): 3x3 stem to C channels at 32 x 32; three stages of N
 * cells with C, 2C, 4C channels at 32, 16, 8 pixels; a residual block with stride 2 before the second
 * and the third stage; batch norm, global pooling, linear classifier.
 */
import { wholeNumber } from "../../arguments.ts";
import { type Cell } from "./cell.ts";
import { CONV_1X1, CONV_3X3 } from "./operation.ts";
import { operationCount } from "./shape.ts";

/** Rows and columns of one crossbar (AIHWKit's default `max_input_size`, `max_output_size`). */
export const CROSSBAR_SIZE = 512;

/** Which network is built around the cell. */
export interface MacroSkeleton {
  /** C: channels of the first stage. */
  readonly channels: number;
  /** N: cells in each of the three stages. */
  readonly cellsPerStage: number;
  /** Classes of the classifier; 10 by default. */
  readonly classes?: number;
}

/** The published study's network: C = 16, N = 5, 10 classes. */
export const PUBLISHED_SKELETON: MacroSkeleton = { channels: 16, cellsPerStage: 5, classes: 10 };

/** Size of the network of a cell. */
export interface Complexity {
  /** Trainable numbers of every edge, on a path or not: weights, affine batch norm, classifier bias. */
  readonly parameters: number;
  /** Multiply-adds of an image through convolutions and the classifier (its biases included). */
  readonly macs: number;
  /** Crossbars of at most 512 x 512 weights that hold all convolutions and the classifier. */
  readonly tiles: number;
}

/** `skeleton` with its classes. Throws InputError for a size that is no positive whole number. */
export function checkedSkeleton(skeleton: MacroSkeleton): Required<MacroSkeleton> {
  const { channels, cellsPerStage, classes = 10 } = skeleton ?? {};
  return {
    channels: wholeNumber("channels of a network", channels, 1),
    cellsPerStage: wholeNumber("cellsPerStage of a network", cellsPerStage, 1),
    classes: wholeNumber("classes of a network", classes, 1),
  };
}

const NOTHING: Complexity = { parameters: 0, macs: 0, tiles: 0 };

/** Sum over parts, each taken `times`. */
function sum(...parts: readonly (readonly [Complexity, number])[]): Complexity {
  return parts.reduce((total, [part, times]) => ({
    parameters: total.parameters + times * part.parameters,
    macs: total.macs + times * part.macs,
    tiles: total.tiles + times * part.tiles,
  }), NOTHING);
}

/**
 * Sizes of the pieces into which `size` rows or columns are split: as few as fit into `limit`, as
 * equal as possible, larger ones first (513 -> 257, 256).
 */
export function tileSplit(size: number, limit: number = CROSSBAR_SIZE): number[] {
  wholeNumber("A side of a matrix", size, 1);
  wholeNumber("A side of a crossbar", limit, 1);
  const pieces = Math.ceil(size / limit), base = Math.floor(size / pieces);
  return Array.from({ length: pieces }, (_, piece) => base + (piece < size % pieces ? 1 : 0));
}

/** Number of those pieces. */
const pieces = (size: number) => Math.ceil(size / CROSSBAR_SIZE);

/** A weight matrix [outputs, inputs] that is applied to `positions` vectors of an image. */
function matrix(inputs: number, outputs: number, positions: number): Complexity {
  return {
    parameters: inputs * outputs,
    macs: inputs * outputs * positions,
    tiles: pieces(inputs) * pieces(outputs),
  };
}

/** Convolution without bias; `size` is the output's height and width in pixels. */
const convolution = (kernel: number, from: number, to: number, size: number): Complexity =>
  matrix(kernel * kernel * from, to, size * size);

/** Scale and shift of each channel. */
const batchNorm = (channels: number): Complexity => ({ ...NOTHING, parameters: 2 * channels });

/** Residual block with stride 2: two 3x3 convolutions beside pooling and a 1x1 convolution. */
function reduction(from: number, to: number, size: number): Complexity {
  return sum(
    [convolution(3, from, to, size), 1],
    [convolution(3, to, to, size), 1],
    [batchNorm(to), 2],
    [convolution(1, from, to, size), 1],
  );
}

/**
 * Parameters, MACs and crossbar tiles of the network built from `cell`. Tiles follow AIHWKit: a
 * convolution is the matrix [out, in * k * k], each side split near-equally into pieces of at most
 * 512.
 */
export function complexity(cell: Cell, skeleton: MacroSkeleton): Complexity {
  return complexityIn(skeleton)(cell);
}

/** The same for many cells in one skeleton, whose own layers are counted once. */
export function complexityIn(skeleton: MacroSkeleton): (cell: Cell) => Complexity {
  const { channels: c, cellsPerStage: n, classes } = checkedSkeleton(skeleton);
  const classifier = matrix(4 * c, classes, 1);
  const bias: Complexity = { parameters: classes, macs: classes, tiles: 0 };
  const around = sum(
    [convolution(3, 3, c, 32), 1],
    [batchNorm(c), 1],
    [reduction(c, 2 * c, 16), 1],
    [reduction(2 * c, 4 * c, 8), 1],
    [batchNorm(4 * c), 1],
    [classifier, 1],
    [bias, 1],
  );
  // an edge of every cell; only convolutions have a size
  const edge = (kernel: number) =>
    sum(...([[c, 32], [2 * c, 16], [4 * c, 8]] as const).flatMap(([width, size]) => [
      [convolution(kernel, width, width, size), n] as const,
      [batchNorm(width), n] as const,
    ]));
  const edge3x3 = edge(3), edge1x1 = edge(1);
  return (cell) =>
    sum(
      [around, 1],
      [edge3x3, operationCount(cell, CONV_3X3)],
      [edge1x1, operationCount(cell, CONV_1X1)],
    );
}
