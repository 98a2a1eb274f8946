/** `deno task evaluate`: what a weight file scores on the test images. */
import { loadBackend } from "../backend.ts";
import { resolveConfig } from "../config.ts";
import { digitalDoubts } from "../measure/mod.ts";
import { toTensors } from "../network/mod.ts";
import { identityOf } from "../space/mod.ts";
import { dataFor, digitalAccuracy_pct, loadWeights } from "../train/mod.ts";
import { command, main, parseSeed, userPath, warn } from "./command.ts";
import { SMOKE } from "./experiment.ts";
import { type ImageOptions, imagesFor, withImages } from "./images.ts";
import { setUp } from "./setup.ts";

interface Options extends ImageOptions {
  readonly weights: string;
  readonly protocol: "as_published" | "corrected";
  readonly seed: number;
  readonly smoke?: true;
}

/** The letters that papers use. */
const SCALE: Readonly<Record<string, string>> = { channels: "C", cellsPerStage: "N" };

async function evaluate(options: Options): Promise<void> {
  const { weights, protocol, seed, smoke } = options;
  const config = resolveConfig({ protocol });
  const { plan, state } = await loadWeights(weights);
  const images = await imagesFor(plan, options);
  await setUp();
  const backend = await loadBackend();
  const data = dataFor(config, images, seed, smoke ? SMOKE.images : Infinity);
  const tensors = toTensors(backend, plan, state);
  const batches = data.evaluation("test", "evaluate");
  const accuracy = digitalAccuracy_pct(backend, plan, tensors, batches);
  const [[name, text]] = Object.entries(identityOf(plan.architecture)).slice(-1);
  const scale = Object.entries(plan.scale).map(([name, value]) => `, ${SCALE[name]} = ${value}`);
  console.log(`${name} ${text}${scale.join("")}`);
  console.log(`test accuracy ${accuracy.toFixed(2)} % (${data.test.count} images, ${protocol})`);
  warn(digitalDoubts(backend, plan, tensors, data, accuracy));
}

const program = withImages(command("evaluate", "Test accuracy of trained weights."))
  .requiredOption("--weights <file>", "weights.safetensors of a run, or an imported file", userPath)
  .option(
    "--protocol <name>",
    "as_published (test images cropped and flipped) or corrected",
    "corrected",
  )
  .option("--seed <n>", "of the crops and flips", parseSeed, 0)
  .option("--smoke", `the first ${SMOKE.images} images only`)
  .action(evaluate);

await main(program);
