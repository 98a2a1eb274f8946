/** What any network asks of a chip of crossbars, counted from its steps; nothing is computed. */
import { oneOf } from "../arguments.ts";
import type { Hardware } from "../config.ts";
import {
  type ChipCounts,
  type LayerCounts,
  matrixCounts,
  NO_COUNTS,
  sumCounts,
} from "../space/mod.ts";
import { outputShapes } from "./complexity.ts";
import { isDepthwise } from "./layers.ts";
import { IMAGES, type ImageShape, imagesOf, type NetworkPlan, type Step } from "./plan.ts";

const valuesOf = ({ height, width, channels }: ImageShape) => height * width * channels;

/** What one step asks: `inputs` and `output` are the numbers of values that it reads and gives. */
interface Asked {
  readonly counts: LayerCounts;
  /** Products one after another. */
  readonly sequence: number;
}

const NOTHING: Asked = { counts: NO_COUNTS, sequence: 0 };
const digital = (digitalOperations: number, bytes = 0): Asked => ({
  counts: { ...NO_COUNTS, digitalOperations, bytes },
  sequence: 0,
});

/**
 * What an image asks of a chip that holds the network of `plan`. The longest path is
 * that to the last step; zeros wait for nothing.
 *
 * @param depthwise `sequential`: each channel of a depthwise convolution on a crossbar of its own, one after another
 */
export function planChipCounts(
  plan: NetworkPlan,
  depthwise: Hardware["depthwise"] = "digital",
): ChipCounts {
  oneOf("Depthwise convolutions", depthwise, ["digital", "sequential"]);
  const shapes = outputShapes(plan, imagesOf(plan));
  const sequence: Record<string, number> = { [IMAGES]: 0 };
  const parts = plan.steps.map((step) => {
    const inputs = step.inputs.map((input) => shapes[input]);
    const asked = askedBy(step, inputs, shapes[step.name], depthwise);
    const before = step.kind === "zeros" ? [0] : step.inputs.map((input) => sequence[input]);
    sequence[step.name] = Math.max(...before) + asked.sequence;
    return [asked.counts, 1] as const;
  });
  const last = plan.steps[plan.steps.length - 1];
  return { ...sumCounts(...parts), productsInSequence: sequence[last.name] };
}

function askedBy(
  step: Step,
  inputs: readonly ImageShape[],
  output: ImageShape,
  depthwise: Hardware["depthwise"],
): Asked {
  const read = inputs.reduce((sum, input) => sum + valuesOf(input), 0), given = valuesOf(output);
  const bytes = read + given;
  switch (step.kind) {
    case "convolution": {
      const { layer, norm } = step, positions = output.height * output.width;
      const normed = norm === null ? 0 : given;
      const around = digital(normed, bytes).counts;
      if (!isDepthwise(layer)) {
        const rows = layer.inChannels * layer.kernel ** 2;
        const matrix = matrixCounts(rows, layer.outChannels, positions);
        return { counts: sumCounts([matrix, 1], [around, 1]), sequence: positions };
      }
      if (depthwise === "digital") return digital(layer.kernel ** 2 * given + normed, bytes);
      const column = matrixCounts(layer.kernel ** 2, 1, positions);
      return {
        counts: sumCounts([column, layer.outChannels], [around, 1]),
        sequence: layer.outChannels * positions,
      };
    }
    case "linear": {
      const matrix = matrixCounts(step.layer.inFeatures, step.layer.outFeatures, 1);
      return { counts: sumCounts([matrix, 1], [digital(given, bytes).counts, 1]), sequence: 1 };
    }
    case "batch_norm":
    case "bias":
    case "affine":
    case "relu":
    case "clip":
      return digital(given);
    case "average_pool":
    case "padded_average_pool":
    case "max_pool":
      return digital(step.size ** 2 * given, bytes);
    case "global_average":
      return digital(read, bytes);
    case "sum":
      return inputs.length < 2 ? NOTHING : digital(read - given, bytes);
    case "subsample":
    case "pad":
    case "pick":
    case "pad_channels":
    case "concatenate":
    case "zeros":
    case "flatten":
      return NOTHING;
  }
}
