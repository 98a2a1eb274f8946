/** The one walk over a network's graph; what a layer does is given by `LayerOps`. */
import type { Backend, Tensor2D, Tensor4D } from "../backend.ts";
import type { CellBlock } from "./cell_network.ts";
import type { BatchNorm, Convolution, ConvolutionUnit, Linear } from "./layers.ts";
import type { NetworkPlan, ReductionBlock } from "./macro_skeleton.ts";

/**
 * What a layer does. Quantization and the analog simulator take the digital ones (`trainingOps`,
 * `evaluationOps`) and replace members: `{ ...evaluationOps(...), convolution: analogConvolution }`.
 */
export interface LayerOps {
  /** Edges that cannot reach the output are computed too, as PyTorch does, for their statistics. */
  readonly computesDeadEdges: boolean;
  /** `x` is `[batch, height, width, in]`, the result `[batch, height', width', out]`. */
  readonly convolution: (layer: Convolution, x: Tensor4D) => Tensor4D;
  readonly batchNorm: (layer: BatchNorm, x: Tensor4D) => Tensor4D;
  /** Where given, used instead of `convolution` followed by `batchNorm` (folding). */
  readonly convolutionUnit?: (unit: ConvolutionUnit, x: Tensor4D) => Tensor4D;
  /** `x` is `[batch, in]`, the result `[batch, out]`. */
  readonly linear: (layer: Linear, x: Tensor2D) => Tensor2D;
  /**
   * ReLU ahead of one or more convolutions that read the same tensor, or ahead of the global average.
   * `name` says which: "cells.3.node.1", "cells.5.conv_b", "lastact".
   */
  readonly relu: (name: string, x: Tensor4D) => Tensor4D;
}

/**
 * Logits `[batch, classes]` of the images `x`, `[batch, height, width, 3]`. Gradients flow to whatever
 * tensors `ops` uses. Tensors in between are given back block by block.
 */
export function forward(backend: Backend, plan: NetworkPlan, ops: LayerOps, x: Tensor4D): Tensor2D {
  const { tf } = backend;
  let features = unit(ops, plan.stem, x);
  for (const block of plan.blocks) {
    const input = features;
    features = tf.tidy(() =>
      block.kind === "cell"
        ? cell(backend, ops, block, input)
        : reduction(backend, ops, block, input)
    );
    input.dispose();
  }
  return tf.tidy(() => {
    const normalised = ops.batchNorm(plan.lastNorm, features);
    features.dispose();
    const active = ops.relu("lastact", normalised);
    return ops.linear(plan.classifier, backend.globalAverage(active));
  });
}

function unit(ops: LayerOps, unit: ConvolutionUnit, x: Tensor4D): Tensor4D {
  if (ops.convolutionUnit) return ops.convolutionUnit(unit, x);
  const y = ops.convolution(unit.convolution, x);
  const normalised = ops.batchNorm(unit.norm, y);
  y.dispose();
  return normalised;
}

function cell(backend: Backend, ops: LayerOps, block: CellBlock, x: Tensor4D): Tensor4D {
  const nodes = [x], active: Tensor4D[] = [];
  for (const target of [1, 2, 3]) {
    const terms: Tensor4D[] = [];
    for (const edge of block.edges) {
      if (edge.target !== target || !(edge.live || ops.computesDeadEdges)) continue;
      const { source, operation } = edge;
      if (edge.unit) {
        active[source] ??= ops.relu(`${block.name}.node.${source}`, nodes[source]);
        terms.push(unit(ops, edge.unit, active[source]));
      } else if (operation === "avg_pool_3x3") {
        terms.push(backend.averagePool(nodes[source], 3, 1, "same"));
      } else if (operation === "skip_connect") terms.push(nodes[source]);
    }
    nodes.push(terms.length > 0 ? backend.sum(terms) : backend.tf.zerosLike(x));
  }
  return nodes[3];
}

function reduction(backend: Backend, ops: LayerOps, block: ReductionBlock, x: Tensor4D): Tensor4D {
  const inner = unit(ops, block.first, ops.relu(`${block.name}.conv_a`, x));
  const main = unit(ops, block.second, ops.relu(`${block.name}.conv_b`, inner));
  const shortcut = ops.convolution(block.shortcut, backend.averagePool(x, 2, 2, "valid"));
  return backend.sum([shortcut, main]);
}
