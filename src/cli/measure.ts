/** `deno task measure`: a trained network on simulated crossbars, with and without training on them. */
import { basename, join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { analogShapes, isExtrapolated, loadAnalogKernel, periphery } from "../analog/mod.ts";
import {
  ARRAY_DEVICES,
  type Config,
  DEVICES,
  type PartialConfig,
  protocolOf,
  readPartialConfig,
  resolveConfig,
} from "../config.ts";
import { configId } from "../config_id.ts";
import { loadCifar10 } from "../dataset/mod.ts";
import { InputError } from "../input_error.ts";
import { didYouMean } from "../nearest.ts";
import { ANALOG_CONDITIONS, type AnalogCondition, measureAnalog } from "../measure/mod.ts";
import { analogShare_pct } from "../network/mod.ts";
import { folderName } from "../space/mod.ts";
import { type Row, writeRows } from "../table/mod.ts";
import { dataFor, loadWeights, stepsPerEpoch } from "../train/mod.ts";
import { command, main, parseSeed, userPath } from "./command.ts";
import { configFrom, configPath, digitalOption, given, networkSettings } from "./experiment.ts";
import { times_s, wholeNumber } from "./numbers.ts";
import { withProgress } from "./progress.ts";
import { backendFor } from "./threads.ts";

type Hardware = NonNullable<PartialConfig["hardware"]>;

interface Options {
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
  readonly out?: string;
  readonly archive?: string;
}

async function measure(options: Options): Promise<void> {
  const conditions = parseConditions(options.conditions), { seed } = options;
  const weights = await loadWeights(options.checkpoint), { plan } = weights;
  const { repeats, images: testImages, hwtEpochs: epochs, times: inferenceTimes_s } = options;
  const config = await configFrom(options, {
    network: networkSettings(plan.architecture, plan.scale),
    hardware: await hardwareFrom(options),
    hwt: given({ epochs }),
    measurement: {
      ...given({ repeats, testImages }),
      ...(inferenceTimes_s && { inferenceTimes_s }),
    },
  });
  analogShapes(plan, config.hardware.digital); // wrong names are told before anything is written
  const folder = options.out ??
    join("runs", `measure-${folderName(plan.architecture)}-${configId(config)}-${seed}`);
  const backend = await backendFor(folder), kernel = await loadAnalogKernel(backend);
  const data = dataFor(config, await loadCifar10(options.archive), seed);
  const steps = totalSteps(config, conditions, data.train.count);
  const rows = await withProgress(basename(folder), steps, (onProgress) => {
    let done = 0;
    return measureAnalog({
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
      onProgress: (note) => onProgress(++done, note),
    });
  });
  const path = join(folder, "rows.parquet"), share = analogShare_pct(plan, config.hardware.digital);
  await writeRows(path, rows);
  console.log(
    `${share.toFixed(1)} % of the weights on crossbars` +
      (share < 100 ? "; depthwise convolutions are digital" : ""),
  );
  const { threads } = backend, { study } = options;
  const record = { seed, study, config_id: configId(config), threads, config };
  await writeFileAtomically(join(folder, "config.json"), JSON.stringify(record, null, 2) + "\n");
  report(rows, config);
  console.log(path);
}

/** The hardware that the options ask for: a simulator and its memory device outrank the file's. */
async function hardwareFrom({ config, simulator, device, digital }: Options) {
  const partial = config === undefined ? {} : await readPartialConfig(config);
  const asked = resolveConfig(partial).hardware.simulator.kind, kind = simulator ?? asked;
  if (kind === "aihwkit") {
    return { simulator: { kind }, ...given<unknown>({ device, digital }) } as Hardware;
  }
  if (kind !== "crosssim") {
    const hint = didYouMean(kind, ["aihwkit", "crosssim"]);
    throw new InputError(`No simulator "${kind}".${hint} Simulators are: aihwkit, crosssim.`);
  }
  const arrays = asked === kind ? partial.hardware?.simulator : {};
  return {
    simulator: { ...arrays, kind, ...given({ device }) },
    ...given({ digital }),
  } as Hardware;
}

function parseConditions(text: string): AnalogCondition[] {
  const conditions = text.split(",").map((name) => {
    const found = ANALOG_CONDITIONS.find((condition) => condition === name.trim());
    if (found === undefined) {
      throw new InputError(
        `--conditions wants ${
          ANALOG_CONDITIONS.join(" or ")
        }, or both with a comma, not "${name}".`,
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

function report(rows: readonly Row[], config: Config): void {
  const groups = Map.groupBy(rows, (row) => `${row.condition}@${row.t_inference_s}`);
  console.log(`between repeats differs: ${protocolOf(config).repeatVaries.replaceAll("_", " ")}`);
  const { device, gMax_uS } = config.hardware;
  if (isExtrapolated(config.hardware)) {
    const { gMax_uS: measured } = DEVICES[device];
    console.log(
      `extrapolated: g_max is ${gMax_uS} uS, the data of ${device} end at ${measured} uS`,
    );
  }
  for (const group of groups.values()) {
    const { condition, t_inference_s } = group[0], n = group.length;
    const mean = group.reduce((sum, row) => sum + row.accuracy_pct, 0) / n;
    const squares = group.reduce((sum, row) => sum + (row.accuracy_pct - mean) ** 2, 0);
    const sd = n > 1 ? `, sd ${Math.sqrt(squares / (n - 1)).toFixed(2)} over ${n} repeats` : "";
    const time = t_inference_s === null ? "before programming" : `at ${t_inference_s} s`;
    console.log(`${condition} ${time}: ${mean.toFixed(2)} %${sd}`);
  }
}

const program = command(
  "measure",
  "Puts a trained network on simulated crossbars and measures its accuracy over time. Killed and " +
    "started again, it goes on.",
)
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
  .option("--simulator <name>", "aihwkit (tiles) or crosssim (arrays; default: aihwkit)")
  .option(
    "--device <name>",
    `memory: ${Object.keys(DEVICES).join(", ")}; of crosssim ${
      Object.keys(ARRAY_DEVICES).join(", ")
    }`,
  )
  .addOption(digitalOption())
  .option(
    "--config <file>",
    "JSON file with any part of a config, or the preset analognas_bench",
    configPath,
  )
  .option("--seed <n>", "everything random follows from it", parseSeed, 0)
  .option("--study <name>", "the `source` of the rows", "measure")
  .option(
    "--out <folder>",
    "rows, checkpoints (default: runs/measure-<network>-<config>-<seed>)",
    userPath,
  )
  .option("--archive <folder>", "take CIFAR-10 from the unpacked official binary archive", userPath)
  .action(measure);

await main(program);
