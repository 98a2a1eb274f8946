/** Size of any network, counted from its steps; nothing is computed. */
import { hasMembers, oneOf } from "../arguments.ts";
import type { Hardware } from "../config.ts";
import { tileSplit } from "../space/mod.ts";
import { isDepthwise } from "./layers.ts";
import {
  checkedPlan,
  IMAGES,
  type ImageShape,
  imagesOf,
  layersOf,
  type NetworkPlan,
  type Step,
} from "./plan.ts";

/** What a network takes. Steps that cannot reach the output count too, as PyTorch computes them. */
export interface PlanComplexity {
  /** All that is trained: weights, biases, batch norms. */
  readonly parameters: number;
  /** Multiply-adds of an image through convolutions and linear layers, the biases of the latter included. */
  readonly macs: number;
  /** Crossbars of at most 512 x 512 weights: of linear layers and convolutions, of depthwise ones where so said. */
  readonly tiles: number;
  /** Products of a crossbar and a vector that an image takes. */
  readonly crossbarProducts: number;
  /** Weights on those crossbars. */
  readonly analogWeights: number;
  readonly depthwiseWeights: number;
  /** Share of `macs` in depthwise convolutions, multiply-adds. */
  readonly depthwiseMacs: number;
}

/**
 * Counts the network of `plan` for its images. The zeros between the taps of a dilated convolution are nowhere:
 * its taps are rows of a crossbar like any others.
 *
 * @param depthwise `sequential`: each channel of a depthwise convolution on a crossbar of its own
 */
export function planComplexity(
  plan: NetworkPlan,
  depthwise: Hardware["depthwise"] = "digital",
): PlanComplexity {
  oneOf("Depthwise convolutions", depthwise, ["digital", "sequential"]);
  const shapes = outputShapes(plan, imagesOf(plan));
  const total = {
    parameters: 0,
    macs: 0,
    tiles: 0,
    crossbarProducts: 0,
    analogWeights: 0,
    depthwiseWeights: 0,
    depthwiseMacs: 0,
  };
  /** A weight matrix of `inputs` x `outputs`, applied to `positions` vectors. */
  const addMatrix = (inputs: number, outputs: number, positions: number) => {
    const tiles = tileSplit(inputs).length * tileSplit(outputs).length;
    total.parameters += inputs * outputs;
    total.macs += inputs * outputs * positions;
    total.tiles += tiles;
    total.crossbarProducts += tiles * positions;
    total.analogWeights += inputs * outputs;
  };
  for (const step of plan.steps) {
    if (step.kind === "convolution") {
      const { inChannels, outChannels, kernel } = step.layer, { height, width } = shapes[step.name];
      const positions = height * width;
      if (isDepthwise(step.layer)) {
        const weights = outChannels * kernel ** 2;
        total.parameters += weights;
        total.depthwiseWeights += weights;
        total.macs += weights * positions;
        total.depthwiseMacs += weights * positions;
        if (depthwise === "sequential") {
          total.tiles += outChannels;
          total.crossbarProducts += outChannels * positions;
          total.analogWeights += weights;
        }
      } else addMatrix(inChannels * kernel ** 2, outChannels, positions);
    } else if (step.kind === "linear") {
      const { inFeatures, outFeatures } = step.layer;
      addMatrix(inFeatures, outFeatures, 1);
      total.parameters += outFeatures;
      total.macs += outFeatures;
    }
  }
  for (const { kind, layer } of layersOf(plan)) {
    if (kind === "bias") total.parameters += layer.channels;
    if (kind === "batch_norm") total.parameters += 2 * layer.channels;
  }
  return total;
}

/**
 * Share of the weights of convolutions and linear layers that lie on crossbars, per cent.
 *
 * @param digital names of layers that are kept off crossbars by choice
 */
export function analogShare_pct(
  plan: NetworkPlan,
  digital: readonly string[] = [],
  depthwise: Hardware["depthwise"] = "digital",
): number {
  let analog = 0, all = 0;
  for (const entry of layersOf(plan)) {
    if (entry.kind !== "convolution" && entry.kind !== "linear") continue;
    const isLinear = entry.kind === "linear";
    const weights = isLinear
      ? entry.layer.inFeatures * entry.layer.outFeatures
      : entry.layer.outChannels * entry.layer.inChannels / entry.layer.groups *
        entry.layer.kernel ** 2;
    const fits = isLinear || depthwise === "sequential" || !isDepthwise(entry.layer);
    if (fits && !digital.includes(entry.layer.name)) analog += weights;
    all += weights;
  }
  return 100 * analog / all;
}

/** Size of each step's output for images of the size `images`, by name. */
export function outputShapes(
  plan: NetworkPlan,
  images: ImageShape,
): Readonly<Record<string, ImageShape>> {
  hasMembers("Images", images, ["height", "width", "channels"], "For CIFAR-10 they are 32, 32, 3.");
  checkedPlan(plan);
  const shapes: Record<string, ImageShape> = { [IMAGES]: images };
  for (const step of plan.steps) {
    shapes[step.name] = outputShape(step, step.inputs.map((input) => shapes[input]));
  }
  return shapes;
}

function outputShape(step: Step, inputs: readonly ImageShape[]): ImageShape {
  const [x] = inputs, { height, width, channels } = x;
  const resized = (size: (pixels: number) => number, to = channels) => ({
    height: size(height),
    width: size(width),
    channels: to,
  });
  switch (step.kind) {
    case "convolution": {
      const { kernel, stride, padding, dilation, outChannels } = step.layer;
      const reach = (kernel - 1) * dilation + 1;
      return resized((n) => Math.floor((n + 2 * padding - reach) / stride) + 1, outChannels);
    }
    case "average_pool":
      return resized((n) =>
        step.padding === "same"
          ? Math.ceil(n / step.stride)
          : Math.floor((n - step.size) / step.stride) + 1
      );
    case "padded_average_pool": {
      const { padding: { top, left, bottom, right }, size, stride } = step;
      const count = (n: number) => Math.floor((n - size) / stride) + 1;
      return { ...x, height: count(height + top + bottom), width: count(width + left + right) };
    }
    case "pad": {
      const { top, left, bottom, right } = step.sides;
      return { ...x, height: height + top + bottom, width: width + left + right };
    }
    case "pick":
      return { ...x, [step.axis]: step.places.length };
    case "max_pool":
      return resized((n) => Math.floor((n + 2 * step.padding - step.size) / step.stride) + 1);
    case "subsample":
      return resized((n) => Math.ceil(n / step.stride));
    case "pad_channels":
      return { ...x, channels: step.before + channels + step.after };
    case "concatenate":
      return { ...x, channels: inputs.reduce((sum, input) => sum + input.channels, 0) };
    case "global_average":
      return { height: 1, width: 1, channels };
    case "flatten":
      return { height: 1, width: 1, channels: height * width * channels };
    case "linear":
      return { height: 1, width: 1, channels: step.layer.outFeatures };
    default:
      return x;
  }
}
