/** What a network asks of a chip of crossbars, counted from shapes. */
import { wholeNumber } from "../arguments.ts";
import { CROSSBAR_SIZE } from "./nas_bench_201/complexity.ts";

/**
 * What one image asks of a chip. Rows and columns that hold no weight are neither driven nor read. Layers that
 * cannot reach the output count too, as they do among parameters, MACs and tiles.
 */
export interface ChipCounts {
  /** Crossbars of at most 512 x 512 weights: of linear layers and convolutions, of depthwise ones where so said. */
  readonly tiles: number;
  /** Products of a crossbar and a vector. */
  readonly products: number;
  /** Inputs put on a row of a crossbar. */
  readonly dacConversions: number;
  /** Sums read from a column of a crossbar. */
  readonly adcConversions: number;
  /** Multiply-adds within the crossbars: a weight, each time it is in a product. */
  readonly cellReads: number;
  /**
   * Additions, comparisons and multiply-adds outside the crossbars: partial sums, batch norm, ReLU, pooling, sums,
   * biases, depthwise convolutions that are kept off crossbars.
   */
  readonly digitalOperations: number;
  /**
   * Bytes read from and written to buffers, 8 bits an activation: every layer, pooling and sum reads each of its
   * inputs once and writes its outputs; batch norm, ReLU and bias are applied on the way.
   */
  readonly bytes: number;
  /** Products that follow one another on the longest path: a layer starts when those that it reads are done, and the
   * crossbars of a layer, and layers side by side, work at once; only the channels of a depthwise convolution follow
   * one another. */
  readonly productsInSequence: number;
}

/** Those counts that add up over layers. */
export type LayerCounts = Omit<ChipCounts, "productsInSequence">;

/** The counts of nothing. */
export const NO_COUNTS: LayerCounts = {
  tiles: 0,
  products: 0,
  dacConversions: 0,
  adcConversions: 0,
  cellReads: 0,
  digitalOperations: 0,
  bytes: 0,
};

/** Sum over parts, each taken `times`. */
export function sumCounts(...parts: readonly (readonly [LayerCounts, number])[]): LayerCounts {
  const total = { ...NO_COUNTS };
  for (const [part, times] of parts) {
    total.tiles += times * part.tiles;
    total.products += times * part.products;
    total.dacConversions += times * part.dacConversions;
    total.adcConversions += times * part.adcConversions;
    total.cellReads += times * part.cellReads;
    total.digitalOperations += times * part.digitalOperations;
    total.bytes += times * part.bytes;
  }
  return total;
}

/**
 * A weight matrix of `inputs` x `outputs` applied to `positions` vectors. Each side is split near-equally into
 * pieces of at most 512: a row is driven in every piece of the columns, and what the pieces of the rows give is
 * added digitally. Bytes are not counted here.
 */
export function matrixCounts(inputs: number, outputs: number, positions: number): LayerCounts {
  wholeNumber("inputs", inputs, 1);
  wholeNumber("outputs", outputs, 1);
  wholeNumber("positions", positions);
  const rowPieces = Math.ceil(inputs / CROSSBAR_SIZE);
  const columnPieces = Math.ceil(outputs / CROSSBAR_SIZE);
  return {
    tiles: rowPieces * columnPieces,
    products: rowPieces * columnPieces * positions,
    dacConversions: inputs * columnPieces * positions,
    adcConversions: outputs * rowPieces * positions,
    cellReads: inputs * outputs * positions,
    digitalOperations: outputs * (rowPieces - 1) * positions,
    bytes: 0,
  };
}
