/** `deno task import-onnx`: a network of the user's own becomes a weight file of this workspace. */
import { basename, join } from "node:path";
import { analogShapes } from "../analog/mod.ts";
import { InputError } from "../input_error.ts";
import {
  analogShare_pct,
  imagesOf,
  type NetworkPlan,
  planComplexity,
  readOnnx,
  type Step,
} from "../network/mod.ts";
import { tileSplit } from "../space/mod.ts";
import { saveWeights } from "../train/mod.ts";
import { command, main, userPath } from "./command.ts";
import { digitalOption } from "./experiment.ts";
import { type NormalisationOptions, scalingOf, withNormalisation } from "./normalisation.ts";
import { textTable } from "./text_table.ts";

interface Options extends NormalisationOptions {
  readonly out?: string;
  readonly digital?: readonly string[];
  readonly dryRun?: true;
}

async function importOnnx(path: string, options: Options): Promise<void> {
  const { out, dryRun, digital } = options;
  if (out === undefined && !dryRun) {
    throw new InputError("Name a folder with --out, or list the layers with --dry-run.");
  }
  const scaling = scalingOf(options), images = options.inputSize;
  const { plan, state, output } = await readOnnx(path, { scaling, images });
  if (output !== "logits") {
    console.log(`The file gives ${output.replace("_", " ")}: the softmax at its end is left out.`);
  }
  console.log(
    scaling !== null
      ? `Images: scaled as said, by the network's first step.`
      : imagesOf(plan).channels === 3
      ? "Images: normalised by CIFAR-10's mean and standard deviation; others with --mean and --std."
      : "Images: pixels from 0 to 1; others with --mean, --std and --input-scale.",
  );
  if (dryRun) {
    console.log(layerList(plan, digital));
    return;
  }
  await Deno.mkdir(out!, { recursive: true });
  const file = join(out!, "weights.safetensors");
  await saveWeights(file, { plan, state, origin: { imported: `from ONNX, ${basename(path)}` } });
  const { parameters } = planComplexity(plan);
  console.log(
    `${file}: ${plan.architecture.text}, ${parameters} parameters, ${plan.classes} classes`,
  );
}

/** A line for each step: where it is computed, and on how many crossbars of at most 512 x 512 weights. */
function layerList(plan: NetworkPlan, digital?: readonly string[]): string {
  const shapes = new Map(analogShapes(plan, digital).map((shape) => [shape.name, shape]));
  const rows = plan.steps.map((step) => {
    const shape = shapes.get(step.name);
    if (shape === undefined) return [step.name, described(step), "digital", ""];
    const inputs = shape.inChannels * shape.kernel ** 2;
    const tiles = tileSplit(inputs).length * tileSplit(shape.outChannels).length;
    return [step.name, described(step), "crossbar", String(tiles)];
  });
  return textTable(["node", "step", "computed", "tiles"], rows) +
    `\n${analogShare_pct(plan, digital).toFixed(1)} % of the weights on crossbars`;
}

function described(step: Step): string {
  if (step.kind !== "convolution") return step.kind.replaceAll("_", " ");
  const { kernel, stride, groups, dilation } = step.layer;
  return [
    groups > 1 ? "depthwise convolution" : "convolution",
    `${kernel}x${kernel}`,
    ...stride > 1 ? [`/${stride}`] : [],
    ...dilation > 1 ? [`dilated ${dilation}`] : [],
    ...step.norm === null ? [] : [`with the batch norm ${step.norm.name}`],
  ].join(" ");
}

const program = withNormalisation(command(
  "import-onnx",
  "Reads a trained image classifier from an ONNX file. Say with --mean and --std how its " +
    "training normalised the images where that was not by CIFAR-10's mean and standard deviation: a network " +
    "that is given others scores at chance. " +
    "The weight file is for evaluate, quantize and measure; train and measure-cell do not take it.",
))
  .argument("<file>", "model.onnx, with its external data beside it", userPath)
  .option("--out <folder>", "folder for weights.safetensors", userPath)
  .option("--dry-run", "list each layer, on crossbars or digital, and write nothing")
  .addOption(digitalOption("with --dry-run: list these layers as digital, by node name"))
  .action(importOnnx);

await main(program);
