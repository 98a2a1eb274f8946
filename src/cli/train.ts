/** `deno task train`: one network from nothing to trained weights. */
import { join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { type Config, protocolOf } from "../config.ts";
import { configId } from "../config_id.ts";
import { evaluationBatches, loadCifar10 } from "../dataset/mod.ts";
import { networkFor, toTensors } from "../network/mod.ts";
import { type Architecture, folderName, identityOf } from "../space/mod.ts";
import { baselineStage, dataFor, digitalAccuracy_pct, saveWeights, stateOf } from "../train/mod.ts";
import { command, expectWritable, main, parseSeed, userPath } from "./command.ts";
import {
  architectureFrom,
  configFrom,
  type ExperimentOptions,
  type NetworkOptions,
  networkSettings,
  noteDisconnected,
  SMOKE,
  withExperimentOptions,
  withNetworkOptions,
} from "./experiment.ts";
import { backendFor } from "./threads.ts";
import { trainWithProgress } from "./train_with_progress.ts";

interface Options extends ExperimentOptions, NetworkOptions {
  readonly seed: number;
  readonly out?: string;
  readonly archive?: string;
  readonly smoke?: true;
}

async function train(options: Options): Promise<void> {
  const architecture = architectureFrom(options), { seed } = options;
  const smoke = options.smoke ? { epochs: options.epochs ?? SMOKE.epochs } : {};
  const config = await configFrom({ ...options, ...smoke }, {
    network: networkSettings(architecture),
  });
  const folder = options.out ?? defaultFolder(architecture, config, seed, options.smoke ?? false);
  await expectWritable(folder);
  if (options.smoke) {
    const { epochs } = config.training;
    console.log(
      `a trial: ${epochs} epochs of the first ${SMOKE.images} images; no result of it counts`,
    );
  }
  noteDisconnected(architecture);
  const [backend, images] = [await backendFor(folder), await loadCifar10(options.archive)];
  const plan = networkFor(config, architecture);
  const data = dataFor(config, images, seed, options.smoke ? SMOKE.images : Infinity);
  const stage = baselineStage({ backend, plan, config, data, seed });
  const { batchSize } = config.training;
  const { threads } = backend;
  const run = {
    ...identityOf(architecture),
    seed,
    config_id: configId(config),
    threads,
    config,
  };

  const onStart = () => writeFileAtomically(join(folder, "run.json"), JSON.stringify(run, null, 2));
  const records = await trainWithProgress({ stage, data, batchSize, seed, folder, onStart });

  const state = stateOf(stage.tensors());
  const tensors = toTensors(backend, plan, state);
  const batches = data.evaluation("test", "baseline/end");
  const test_accuracy_pct = digitalAccuracy_pct(backend, plan, tensors, batches);
  const plain = digitalAccuracy_pct(backend, plan, tensors, evaluationBatches(data.test, 250));
  const origin = { seed: String(seed), config_id: run.config_id, threads: String(threads) };
  await saveWeights(join(folder, "weights.safetensors"), { plan, state, origin });
  const seconds = records.reduce((sum, record) => sum + record.seconds, 0);
  const result = { ...run, test_accuracy_pct, plain_test_accuracy_pct: plain, seconds };
  await writeFileAtomically(join(folder, "result.json"), JSON.stringify(result, null, 2) + "\n");
  const { epoch, loss, train_accuracy_pct } = records.at(-1)!;
  console.log(
    `${epoch} epochs in ${seconds.toFixed(1)} s: loss ${loss.toFixed(4)}, ` +
      `training accuracy ${train_accuracy_pct.toFixed(2)} %`,
  );
  const augmented = protocolOf(config).augmentTest;
  console.log(
    `test accuracy ${plain.toFixed(2)} %` +
      (augmented ? `; with cropped and flipped test images ${test_accuracy_pct.toFixed(2)} %` : ""),
  );
  console.log(`${folder}: weights.safetensors, epochs.jsonl, result.json, checkpoint.safetensors`);
}

/** Runs with another network, config or seed have folders of their own. */
function defaultFolder(
  architecture: Architecture,
  config: Config,
  seed: number,
  smoke: boolean,
): string {
  return join(
    "runs",
    `${smoke ? "smoke-" : ""}${folderName(architecture)}-${configId(config)}-${seed}`,
  );
}

const program = withExperimentOptions(withNetworkOptions(
  command("train", "Trains one network on CIFAR-10."),
))
  .option("--seed <n>", "everything random follows from it", parseSeed, 0)
  .option(
    "--out <folder>",
    "of the run; one that is there is resumed (default: runs/<network>-<config>-<seed>)",
    userPath,
  )
  .option("--archive <folder>", "take CIFAR-10 from the unpacked official binary archive", userPath)
  .option(
    "--smoke",
    `a trial of seconds: ${SMOKE.epochs} epochs (or --epochs) of ${SMOKE.images} images`,
  )
  .action(train);

await main(program);
