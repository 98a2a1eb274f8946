/** `deno task quantize`: trained weights to 8-bit integers, after training or with training. */
import { join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import type { Backend } from "../backend.ts";
import type { Config, PartialConfig } from "../config.ts";
import { configId } from "../config_id.ts";
import { InputError } from "../input_error.ts";
import { didYouMean } from "../nearest.ts";
import { digitalDoubts } from "../measure/mod.ts";
import { type NetworkTensors, stateHash, toTensors } from "../network/mod.ts";
import {
  calibrate,
  calibrationBatches,
  qatStage,
  type Quantization,
  quantizedAccuracy_pct,
} from "../quantize/mod.ts";
import { identityOf } from "../space/mod.ts";
import {
  dataFor,
  digitalAccuracy_pct,
  loadWeights,
  type ProtocolData,
  saveWeights,
  stateOf,
  type Weights,
} from "../train/mod.ts";
import { command, expectWritable, main, parseSeed, userPath, warn } from "./command.ts";
import { configFrom, configPath, given, networkSettings, SMOKE } from "./experiment.ts";
import { type ImageOptions, imagesFor, type NamedImages, withImages } from "./images.ts";
import { wholeNumber } from "./numbers.ts";
import { withProgress } from "./progress.ts";
import { backendFor } from "./threads.ts";
import { trainWithProgress } from "./train_with_progress.ts";

interface Options extends ImageOptions {
  readonly weights: string;
  readonly method: string;
  readonly config?: string;
  readonly protocol?: string;
  readonly observer?: string;
  readonly epochs?: number;
  readonly seed: number;
  readonly out: string;
  readonly smoke?: true;
}

/** What both methods need. */
interface Work {
  readonly backend: Backend;
  readonly weights: Weights;
  readonly config: Config;
  readonly data: ProtocolData;
  readonly seed: number;
  readonly folder: string;
}

async function quantize(options: Options): Promise<void> {
  const { method, out, smoke } = options;
  if (method !== "ptq" && method !== "qat") {
    const hint = didYouMean(method, ["ptq", "qat"]);
    throw new InputError(`--method wants ptq or qat, not "${method}".${hint}`);
  }
  await expectWritable(out);
  const weights = await loadWeights(options.weights);
  const images = await imagesFor(weights.plan, options);
  const config = await configOf(options, weights, images), { seed } = options;
  if (method === "qat" && config.qat.epochs === 0) {
    throw new InputError("qat.epochs is 0, so that nothing would be trained. Set it, or --epochs.");
  }
  const folder = join(out, method === "ptq" ? `ptq_${config.ptq.observer}` : method);
  const backend = await backendFor(folder);
  const data = dataFor(config, images, seed, smoke ? SMOKE.images : Infinity);
  const work: Work = { backend, weights, config, data, seed, folder };

  const digital = toTensors(backend, weights.plan, weights.state);
  const test = () => data.evaluation("test", `${method}/end`);
  const float = digitalAccuracy_pct(backend, weights.plan, digital, test());
  warn(digitalDoubts(backend, weights.plan, digital, data, float));
  const { tensors, quantization } = method === "ptq" ? await ptq(work) : await qat(work);
  const quantized = quantizedAccuracy_pct(backend, weights.plan, tensors, quantization, test());
  const result = {
    ...identityOf(weights.plan.architecture),
    method,
    seed,
    config_id: configId(config),
    threads: backend.threads,
    config,
    float_accuracy_pct: float,
    test_accuracy_pct: quantized,
    quantization,
  };
  const path = join(work.folder, "result.json");
  await writeFileAtomically(path, JSON.stringify(result, null, 2) + "\n");
  console.log(`float ${float.toFixed(2)} %, ${method} ${quantized.toFixed(2)} %`);
  console.log(path);
}

/** Calibrates on the images that the protocol names. */
async function ptq(
  { backend, weights: { plan, state }, config, data, seed }: Work,
): Promise<{ tensors: NetworkTensors; quantization: Quantization }> {
  const tensors = toTensors(backend, plan, state);
  const { calibrationImages, observer } = config.ptq;
  const batches = () => calibrationBatches(config, data, seed);
  const passes = observer === "min_max" ? 1 : 2;
  const quantization = await withProgress(
    "calibrating",
    passes * calibrationImages,
    (onProgress) =>
      Promise.resolve(calibrate(backend, plan, tensors, config.ptq, batches, onProgress)),
  );
  return { tensors, quantization };
}

/** Trains on, in a folder that can be resumed. */
async function qat(
  { backend, weights: { plan, state }, config, data, seed, folder }: Work,
): Promise<{ tensors: NetworkTensors; quantization: Quantization }> {
  const stage = qatStage({ backend, plan, state, origin: stateHash(state), config, data });
  await trainWithProgress({ stage, data, batchSize: config.training.batchSize, seed, folder });
  const trained = stateOf(stage.tensors());
  const origin = {
    seed: String(seed),
    config_id: configId(config),
    threads: String(backend.threads),
    method: "qat",
  };
  await saveWeights(join(folder, "weights.safetensors"), { plan, state: trained, origin });
  return { tensors: toTensors(backend, plan, trained), quantization: stage.quantization() };
}

/** The config that the options ask for, at the scale of the weights. */
function configOf(
  options: Options,
  { plan }: Weights,
  { hash }: NamedImages,
): Promise<Config> {
  const { config, protocol, observer, smoke } = options;
  const epochs = smoke ? SMOKE.epochs : options.epochs;
  return configFrom(given({ config, protocol }), {
    network: networkSettings(plan.architecture, plan.scale),
    ptq: given({ observer }) as PartialConfig["ptq"],
    qat: given({ epochs }),
    measurement: given({ data: hash ?? undefined }),
  });
}

const program = withImages(command(
  "quantize",
  "Quantizes trained weights to 8-bit integers and evaluates them.",
))
  .requiredOption("--weights <file>", "weights.safetensors of a run, or an imported file", userPath)
  .option("--method <name>", "ptq (calibrate after training) or qat (train on)", "ptq")
  .option(
    "--config <file>",
    "JSON file with any part of a config; the options below outrank it",
    configPath,
  )
  .option("--protocol <name>", "as_published or corrected (default: corrected)")
  .option("--observer <name>", "of PTQ: min_max, percentile or histogram (default: histogram)")
  .option("--epochs <n>", "of QAT (default: 20)", wholeNumber("--epochs"))
  .option("--seed <n>", "everything random follows from it", parseSeed, 0)
  .requiredOption(
    "--out <folder>",
    "gets ptq_<observer>/ or qat/; a QAT that is there is resumed",
    userPath,
  )
  .option("--smoke", `a trial of seconds: ${SMOKE.images} images, ${SMOKE.epochs} epochs of QAT`)
  .action(quantize);

await main(program);
