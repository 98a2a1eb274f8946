/** The macro skeleton of NAS-Bench-201 (Dong & Yang 2020, figure 1; xautodl's `TinyNetwork`). */
import type { Cell } from "../space/mod.ts";
import { type CellBlock, cellBlock } from "./cell_network.ts";
import type { BatchNorm, Convolution, ConvolutionUnit, Linear } from "./layers.ts";
import { convolution, reluConvBn } from "./layers.ts";

/** A residual block that halves height and width and doubles the channels. */
export interface ReductionBlock {
  readonly kind: "reduction";
  readonly name: string;
  readonly first: ConvolutionUnit;
  readonly second: ConvolutionUnit;
  /** Behind an average pooling 2x2; has no batch norm. */
  readonly shortcut: Convolution;
}

/** A network as plain data: which layers there are, and how they are joined. */
export interface NetworkPlan {
  readonly cell: Cell;
  /** C: channels of the first stage; the second has twice, the third four times as many. */
  readonly channels: number;
  /** N: cells in each of the three stages. */
  readonly cellsPerStage: number;
  readonly classes: number;
  readonly stem: ConvolutionUnit;
  readonly blocks: readonly (CellBlock | ReductionBlock)[];
  readonly lastNorm: BatchNorm;
  readonly classifier: Linear;
}

/** Size of a network: C and N of NAS-Bench-201 (16 and 5 in the benchmark), and the classes. */
export interface NetworkSize {
  readonly channels: number;
  readonly cellsPerStage: number;
  readonly classes?: number;
}

/**
 * The network of `cell` for RGB images: stem, three stages of N cells with a reduction between them,
 * batch norm, ReLU, global average, linear classifier.
 *
 * @throws RangeError for channels or cells that are no positive whole numbers
 */
export function networkPlan(cell: Cell, size: NetworkSize): NetworkPlan {
  const { channels, cellsPerStage, classes = 10 } = size;
  for (const [name, value] of Object.entries({ channels, cellsPerStage, classes })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`A network needs a positive whole number as ${name}, not ${value}.`);
    }
  }
  const blocks: (CellBlock | ReductionBlock)[] = [];
  const nextName = () => `cells.${blocks.length}`;
  for (const stage of [0, 1, 2]) {
    const width = channels * 2 ** stage;
    if (stage > 0) blocks.push(reductionBlock(nextName(), width / 2, width));
    for (let n = 0; n < cellsPerStage; n++) blocks.push(cellBlock(nextName(), cell, width));
  }
  const features = 4 * channels;
  return {
    cell,
    channels,
    cellsPerStage,
    classes,
    stem: {
      convolution: convolution("stem.0", 3, channels, 3),
      norm: { name: "stem.1", channels },
    },
    blocks,
    lastNorm: { name: "lastact.0", channels: features },
    classifier: { name: "classifier", inFeatures: features, outFeatures: classes },
  };
}

function reductionBlock(name: string, inChannels: number, outChannels: number): ReductionBlock {
  return {
    kind: "reduction",
    name,
    first: reluConvBn(`${name}.conv_a`, inChannels, outChannels, 3, 2),
    second: reluConvBn(`${name}.conv_b`, outChannels, outChannels, 3),
    shortcut: convolution(`${name}.downsample.1`, inChannels, outChannels, 1),
  };
}

/** A weight-bearing layer with its kind. */
export type Layer =
  | { readonly kind: "convolution"; readonly layer: Convolution }
  | { readonly kind: "batch_norm"; readonly layer: BatchNorm }
  | { readonly kind: "linear"; readonly layer: Linear };

/** All weight-bearing layers, in the order of the PyTorch state. Edges that are not live included. */
export function layersOf(plan: NetworkPlan): Layer[] {
  const unit = ({ convolution, norm }: ConvolutionUnit): Layer[] => [
    { kind: "convolution", layer: convolution },
    { kind: "batch_norm", layer: norm },
  ];
  return [
    ...unit(plan.stem),
    ...plan.blocks.flatMap((block) =>
      block.kind === "cell" ? block.edges.flatMap((edge) => edge.unit ? unit(edge.unit) : []) : [
        ...unit(block.first),
        ...unit(block.second),
        { kind: "convolution" as const, layer: block.shortcut },
      ]
    ),
    { kind: "batch_norm", layer: plan.lastNorm },
    { kind: "linear", layer: plan.classifier },
  ];
}
