/** What the network of a cell asks of a chip, without building it. */
import {
  type ChipCounts,
  type LayerCounts,
  matrixCounts,
  NO_COUNTS,
  sumCounts,
} from "../chip_counts.ts";
import { type Cell, EDGES } from "./cell.ts";
import { checkedSkeleton, type MacroSkeleton } from "./complexity.ts";
import { AVG_POOL, CONV_1X1, CONV_3X3, NONE } from "./operation.ts";
import { operationCount } from "./shape.ts";

const digital = (digitalOperations: number, bytes = 0): LayerCounts => ({
  ...NO_COUNTS,
  digitalOperations,
  bytes,
});

/** A convolution to `size` x `size` pixels; `normed` where a batch norm follows. */
function convolution(
  kernel: number,
  from: number,
  to: number,
  size: number,
  { normed = true, stride = 1 } = {},
): LayerCounts {
  const positions = size ** 2, outputs = to * positions;
  return sumCounts(
    [matrixCounts(kernel ** 2 * from, to, positions), 1],
    [digital(normed ? outputs : 0, from * (size * stride) ** 2 + outputs), 1],
  );
}

/** A sum of `terms` tensors of `values` numbers; one term alone is handed on. */
const summation = (terms: number, values: number): LayerCounts =>
  terms < 2 ? NO_COUNTS : digital((terms - 1) * values, (terms + 1) * values);

/** What cells with `channels` channels at `size` pixels ask for. */
function cellCounts(channels: number, size: number): (cell: Cell) => LayerCounts {
  const values = channels * size ** 2;
  const conv3x3 = convolution(3, channels, channels, size);
  const conv1x1 = convolution(1, channels, channels, size);
  const pooling = digital(9 * values, 2 * values), relu = digital(values);
  return (cell) => {
    const isConvolution = (edge: number) => cell[edge] === CONV_3X3 || cell[edge] === CONV_1X1;
    // a node's ReLU is shared by the convolutions that read it
    const relus = [0, 1, 2].filter((node) =>
      EDGES.some(([s], e) => s === node && isConvolution(e))
    );
    const terms = [1, 2, 3].map((node) =>
      EDGES.filter(([, t], e) => t === node && cell[e] !== NONE).length
    );
    return sumCounts(
      [conv3x3, operationCount(cell, CONV_3X3)],
      [conv1x1, operationCount(cell, CONV_1X1)],
      [pooling, operationCount(cell, AVG_POOL)],
      [relu, relus.length],
      ...terms.map((count) => [summation(count, values), 1] as const),
    );
  };
}

/** The residual block that halves the image: two 3x3 convolutions beside pooling and a 1x1 convolution. */
function reduction(from: number, to: number, size: number): LayerCounts {
  const before = from * (2 * size) ** 2, pooled = from * size ** 2, values = to * size ** 2;
  return sumCounts(
    [digital(before + values), 1], // the two ReLUs
    [convolution(3, from, to, size, { stride: 2 }), 1],
    [convolution(3, to, to, size), 1],
    [digital(4 * pooled, before + pooled), 1],
    [convolution(1, from, to, size, { normed: false }), 1],
    [summation(2, values), 1],
  );
}

/** Products before a cell's output, of which `before` come before its input; each convolution takes `positions`. */
function throughCell(cell: Cell, before: number, positions: number): number {
  const at = [before, 0, 0, 0]; // edges come by source node: what a node waits for is known when it is read
  EDGES.forEach(([source, target], e) => {
    if (cell[e] === NONE) return;
    const own = cell[e] === CONV_3X3 || cell[e] === CONV_1X1 ? positions : 0;
    at[target] = Math.max(at[target], at[source] + own);
  });
  return at[3];
}

/**
 * What an image asks of a chip that holds the network built from `cell`. An output that does not depend on the
 * image waits for nothing.
 */
export function chipCounts(cell: Cell, skeleton: MacroSkeleton): ChipCounts {
  return chipCountsIn(skeleton)(cell);
}

/** The same for many cells in one skeleton, whose own layers are counted once. */
export function chipCountsIn(skeleton: MacroSkeleton): (cell: Cell) => ChipCounts {
  const { channels: c, cellsPerStage: n, classes } = checkedSkeleton(skeleton);
  const stages = [[c, 32], [2 * c, 16], [4 * c, 8]] as const;
  const [[, pixels], , [features, last]] = stages, values = features * last ** 2;
  const around = sumCounts(
    [convolution(3, 3, c, pixels), 1],
    [reduction(c, 2 * c, 16), 1],
    [reduction(2 * c, 4 * c, 8), 1],
    [digital(3 * values, values + features), 1], // batch norm, ReLU, mean over pixels
    [matrixCounts(features, classes, 1), 1],
    [digital(classes, features + classes), 1], // biases of the classifier
  );
  const inStages = stages.map(([width, size]) => cellCounts(width, size));
  return (cell) => {
    let productsInSequence = pixels ** 2;
    stages.forEach(([, size], stage) => {
      if (stage > 0) productsInSequence += 2 * size ** 2;
      for (let i = 0; i < n; i++) {
        productsInSequence = throughCell(cell, productsInSequence, size ** 2);
      }
    });
    const counts = sumCounts([around, 1], ...inStages.map((count) => [count(cell), n] as const));
    return { ...counts, productsInSequence: productsInSequence + 1 };
  };
}
