/** `deno task measure`: a trained network on simulated crossbars, with and without training on them. */
import { basename, join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { assertMappable, loadAnalogKernel, periphery } from "../analog/mod.ts";
import { type Config, protocolOf, readPartialConfig } from "../config.ts";
import { configId } from "../config_id.ts";
import { InputError } from "../input_error.ts";
import { didYouMean } from "../nearest.ts";
import {
  ANALOG_CONDITIONS,
  type AnalogCondition,
  type AnalogMeasurement,
  digitalDoubts,
  measureAnalog,
  referenceRows,
} from "../measure/mod.ts";
import { toTensors } from "../network/mod.ts";
import { folderName } from "../space/mod.ts";
import { writeRows } from "../table/mod.ts";
import { dataFor, loadWeights, stepsPerEpoch } from "../train/mod.ts";
import { command, expectWritable, main, parseSeed, userPath, warn } from "./command.ts";
import {
  configFrom,
  configPath,
  deviceOption,
  digitalOption,
  given,
  hardwareAsked,
  networkSettings,
  simulatorOption,
  SMOKE,
} from "./experiment.ts";
import { type ImageOptions, imagesFor, withImages } from "./images.ts";
import { times_s, wholeNumber } from "./numbers.ts";
import { csvText, noteExtrapolated, reportOf } from "./measure_report.ts";
import { withProgress } from "./progress.ts";
import { textTable } from "./text_table.ts";
import { backendFor } from "./threads.ts";

/** Where a measurement goes that was given no folder. */
const RUNS = "runs";

interface Options extends ImageOptions {
  readonly checkpoint: string;
  readonly conditions: string;
  readonly repeats?: number;
  readonly times?: readonly number[];
  readonly images?: number;
  readonly hwtEpochs?: number;
  readonly config?: string;
  readonly protocol?: string;
  readonly simulator?: string;
  readonly device?: string;
  readonly digital?: readonly string[];
  readonly seed: number;
  readonly study: string;
  readonly smoke?: true;
  readonly out?: string;
}

async function measure(options: Options): Promise<void> {
  const conditions = parseConditions(options.conditions), { seed } = options;
  await expectWritable(options.out ?? RUNS);
  const weights = await loadWeights(options.checkpoint), { plan } = weights;
  const images = await imagesFor(plan, options);
  const { times: inferenceTimes_s, smoke } = options;
  const { repeats, testImages, epochs } = smoke
    ? { repeats: 2, testImages: SMOKE.images, epochs: SMOKE.epochs }
    : { repeats: options.repeats, testImages: options.images, epochs: options.hwtEpochs };
  const config = await configFrom(options, {
    network: networkSettings(plan.architecture, plan.scale),
    hardware: hardwareAsked(
      options.config === undefined ? {} : await readPartialConfig(options.config),
      options,
    ),
    hwt: given({ epochs }),
    measurement: {
      ...given<unknown>({
        repeats,
        testImages,
        ...smoke && { trainImages: SMOKE.images },
        data: images.hash ?? undefined,
      }),
      ...(inferenceTimes_s && { inferenceTimes_s }),
    },
  });
  assertMappable(plan, config); // told before anything is trained or written
  const folder = options.out ??
    join(RUNS, `measure-${folderName(plan.architecture)}-${configId(config)}-${seed}`);
  const backend = await backendFor(folder), kernel = await loadAnalogKernel(backend);
  const data = dataFor(config, images, seed);
  const steps = totalSteps(config, conditions, data.train.count);
  const work: AnalogMeasurement = {
    architecture: plan.architecture,
    seed,
    config,
    study: options.study,
    crossbars: { backend, kernel, periphery: periphery(config.hardware) },
    weights,
    conditions,
    data,
    folder,
    clock: () => performance.now(),
  };
  const reference = await referenceRows(work), tensors = toTensors(backend, plan, weights.state);
  warn(digitalDoubts(backend, plan, tensors, data, reference[0].accuracy_pct));
  const analog = await withProgress(basename(folder), steps, (onProgress) => {
    let done = 0;
    return measureAnalog({ ...work, onProgress: (note) => onProgress(++done, note) });
  });
  const path = join(folder, "rows.parquet"), rows = [...reference, ...analog];
  await writeRows(path, rows);
  const { threads } = backend, { study } = options;
  const record = { seed, study, config_id: configId(config), threads, config };
  await writeFileAtomically(join(folder, "config.json"), JSON.stringify(record, null, 2) + "\n");
  const report = reportOf(rows, plan, config);
  await writeFileAtomically(join(folder, "report.csv"), csvText(report));
  describe(config);
  console.log(textTable(report.head, report.rows));
  console.log(`${path}; the table above is report.csv beside it`);
}

function parseConditions(text: string): AnalogCondition[] {
  const conditions = text.split(",").map((name) => {
    const found = ANALOG_CONDITIONS.find((condition) => condition === name.trim());
    if (found === undefined) {
      throw new InputError(
        `--conditions wants ${
          ANALOG_CONDITIONS.join(" or ")
        }, or both with a comma, not "${name}".${didYouMean(name.trim(), ANALOG_CONDITIONS)}`,
      );
    }
    return found;
  });
  if (new Set(conditions).size < conditions.length) {
    throw new InputError(`--conditions names a condition twice: "${text}".`);
  }
  return conditions;
}

/** Training steps and rows, for the bar. */
function totalSteps(config: Config, conditions: readonly AnalogCondition[], images: number) {
  const { repeats, inferenceTimes_s } = config.measurement;
  const training = config.hwt.epochs * stepsPerEpoch(images, config.training.batchSize);
  return conditions.length * (1 + repeats * inferenceTimes_s.length) +
    (conditions.includes("hwt") ? training : 0);
}

/** What the numbers of the report rest on. */
function describe(config: Config): void {
  console.log(`between repeats differs: ${protocolOf(config).repeatVaries.replaceAll("_", " ")}`);
  noteExtrapolated(config.hardware);
}

const program = withImages(command(
  "measure",
  "Puts a trained network on simulated crossbars and measures its accuracy over time. Killed and " +
    "started again, it goes on.",
))
  .requiredOption("--checkpoint <file>", "weights.safetensors of a trained network", userPath)
  .option("--conditions <list>", "noisy, hwt or both", "noisy,hwt")
  .option(
    "--repeats <n>",
    "read-outs of the test images at each time (default: 25)",
    wholeNumber("--repeats"),
  )
  .option(
    "--times <list>",
    "after programming, e.g. 60s,1h,1d,1y (default: 60s,1h,1d,30d)",
    times_s("--times"),
  )
  .option(
    "--images <n>",
    "test images, the first of the split (default: 10000)",
    wholeNumber("--images"),
  )
  .option(
    "--hwt-epochs <n>",
    "epochs of hardware-aware training (default: 200)",
    wholeNumber("--hwt-epochs"),
  )
  .option("--protocol <name>", "as_published or corrected (default: corrected)")
  .addOption(simulatorOption())
  .addOption(deviceOption())
  .addOption(digitalOption())
  .option(
    "--config <file>",
    "JSON file with any part of a config, or the preset analognas_bench",
    configPath,
  )
  .option("--seed <n>", "everything random follows from it", parseSeed, 0)
  .option(
    "--smoke",
    `a trial of a minute: ${SMOKE.images} training and test images, 2 repeats, ${SMOKE.epochs} epochs`,
  )
  .option("--study <name>", "the `source` of the rows", "measure")
  .option(
    "--out <folder>",
    "rows, checkpoints (default: runs/measure-<network>-<config>-<seed>)",
    userPath,
  )
  .action(measure);

await main(program);
