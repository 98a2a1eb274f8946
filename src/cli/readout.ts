/** `deno task readout`: a unit's trained weights under other hardware and at other times. */
import { basename, dirname, join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { type PartialConfig, readBy, readPartialConfig } from "../config.ts";
import { InputError } from "../input_error.ts";
import {
  type AnalogCondition,
  overlaid,
  READ_OUT_EVENTS,
  readOutConfig,
  type ReadOutSettings,
  WEIGHT_FILES,
} from "../measure/mod.ts";
import { didYouMean } from "../nearest.ts";
import { readBytes } from "../read_bytes.ts";
import { decodeSafetensors } from "../train/mod.ts";
import { openUnit, type ReadOutRow, type Unit, unitIn } from "../unit.ts";
import { command, expectWritableFile, main, parseSeed, userPath } from "./command.ts";
import { configPath, deviceOption, given, hardwareAsked, simulatorOption } from "./experiment.ts";
import { csvText, noteExtrapolated } from "./measure_report.ts";
import { times_s, wholeNumber } from "./numbers.ts";
import { withProgress } from "./progress.ts";
import { readOutCsv, readOutTable } from "./readout_report.ts";
import { setUp } from "./setup.ts";
import { textTable } from "./text_table.ts";

interface Options {
  readonly weights?: string;
  readonly unit?: string;
  readonly study: string;
  readonly config?: string;
  readonly simulator?: string;
  readonly device?: string;
  readonly dacBits?: number;
  readonly adcBits?: number;
  readonly driftCompensation?: string;
  readonly times?: readonly number[];
  readonly testImages?: number;
  readonly events?: number;
  readonly seed?: number;
  readonly out?: string;
}

async function readout(options: Options): Promise<void> {
  const { out } = options;
  const part = options.config === undefined ? {} : await partialFrom(options.config);
  const { unit, conditions } = await subjectOf(options), { seed = unit.seed } = options;
  const asked = settingsOf(options, part, unit), config = readOutConfig(unit.config, asked);
  const { inferenceTimes_s, repeats, testImages } = config.measurement;
  if (out !== undefined) await expectWritableFile(out);
  if (out !== undefined && !out.endsWith(".csv")) {
    throw new InputError(`--out writes a CSV, and ${out} does not end in .csv. Name it so.`);
  }
  await setUp();
  const times_s = [null, ...inferenceTimes_s];
  const steps = conditions.length * inferenceTimes_s.length * repeats;
  const rows: ReadOutRow[] = [];
  await withProgress(`readout ${unit.id}`, steps, async (onProgress) => {
    let done = 0;
    for (const condition of conditions) {
      const onEvent = () => onProgress(++done, condition);
      rows.push(...await unit.readOut({ ...asked, times_s, condition, seed, onEvent }));
    }
  });
  if (out !== undefined) await writeFileAtomically(out, csvText(readOutCsv(unit, rows)));
  const { simulator, device } = readBy(config);
  console.log(
    `${unit.id} on ${simulator} ${device}: ${repeats} programming events, ${testImages} test images ` +
      `not cropped, seed ${seed}`,
  );
  noteExtrapolated(config.hardware);
  const { head, rows: lines } = readOutTable(unit, rows);
  console.log(textTable(head, lines));
  const stored = unit.rows.find((row) => row.condition === conditions[0] && row.t_inference_s);
  if (stored !== undefined) {
    console.log(
      `stored: as the unit was measured (${stored.protocol}), of ${unit.config.measurement.testImages} ` +
        `test images; its repeats differ in ${
          stored.repeat_varies.replaceAll("_", " ").replaceAll("+", ", ")
        }`,
    );
  }
  if (out !== undefined) console.log(out);
}

/** Files of weights, and what they are measured as. */
const CONDITIONS: Readonly<Record<string, AnalogCondition>> = {
  [WEIGHT_FILES.baseline]: "noisy",
  [WEIGHT_FILES.hwt]: "hwt",
};

/** The unit that the options name, and the conditions of its weights. */
async function subjectOf({ weights, unit, study }: Options): Promise<
  { readonly unit: Unit; readonly conditions: readonly AnalogCondition[] }
> {
  if ((weights === undefined) === (unit === undefined)) {
    throw new InputError(
      "Name the weights with --weights (baseline.safetensors or hwt.safetensors of a unit), or both by " +
        "the unit's name with --unit, e.g. --unit 310301-s0-published.",
    );
  }
  if (weights === undefined) {
    return { unit: await openUnit(unit!, study), conditions: ["noisy", "hwt"] };
  }
  const remedy = "Name the baseline.safetensors or hwt.safetensors of a unit.";
  decodeSafetensors(await readBytes(weights, remedy), weights, remedy);
  const name = basename(weights), folder = dirname(weights), files = Object.keys(CONDITIONS);
  const isOfUnit = await Deno.stat(join(folder, "unit.json")).then(() => true, () => false);
  if (!files.includes(name)) {
    throw new InputError(
      `${weights} is called neither ${files.join(" nor ")}.${didYouMean(name, files)} ${remedy} ` +
        `Other weights are measured with: deno task measure --checkpoint ${weights}`,
    );
  }
  if (!isOfUnit) {
    throw new InputError(
      `${weights} has no unit.json beside it, which says how it was trained. ${remedy} Other digital ` +
        `weights are measured with: deno task measure --checkpoint ${weights}`,
    );
  }
  return { unit: await unitIn(folder), conditions: [CONDITIONS[name]] };
}

/** Settings of `measurement` that a read-out takes. */
const COUNTS = ["testImages", "repeats", "inferenceTimes_s"];

/** The part of a config in a file: what a read-out can change, and nothing else. */
async function partialFrom(path: string): Promise<PartialConfig> {
  const partial = await readPartialConfig(path);
  const { hardware: _, measurement = {}, ...others } = partial;
  const [other] = [
    ...Object.keys(others),
    ...Object.keys(measurement).filter((name) => !COUNTS.includes(name))
      .map((name) => `measurement.${name}`),
  ];
  if (other === undefined) return partial;
  throw new InputError(
    `${path} sets ${other}, and the weights are trained already: a read-out changes hardware and ` +
      `measurement.${COUNTS.join(", measurement.")}. Take it out; deno task measure trains again.`,
  );
}

/** What the options and the file ask for, on top of the unit's hardware; options outrank the file. */
function settingsOf(
  options: Options,
  { hardware = {}, measurement = {} }: PartialConfig,
  unit: Unit,
): ReadOutSettings {
  const { dacBits, adcBits, driftCompensation } = options,
    { kind } = unit.config.hardware.simulator;
  const named = hardwareAsked({ hardware: { simulator: { kind }, ...hardware } }, options);
  const isArrays = named.simulator?.kind === "crosssim";
  if (isArrays && driftCompensation !== undefined) {
    throw new InputError(
      "--drift-compensation is of the tiles of aihwkit; arrays have none. Leave it out.",
    );
  }
  const bits = (value?: number) => value === undefined ? undefined : { bits: value };
  const converters = isArrays
    ? { simulator: { kind: "crosssim", ...given({ dacBits, adcBits }) } }
    : given({ dac: bits(dacBits), adc: bits(adcBits) });
  const asked = [named, converters, given({ driftCompensation })]
    .reduce<Record<string, unknown>>(overlaid, hardware);
  return {
    hardware: asked as ReadOutSettings["hardware"],
    ...given<unknown>({
      times_s: options.times ?? measurement.inferenceTimes_s,
      testImages: options.testImages ?? measurement.testImages,
      events: options.events ?? measurement.repeats,
    }),
  } as ReadOutSettings;
}

const program = command(
  "readout",
  "Reads a unit's trained weights out under other hardware and at other times, without training: the mean " +
    "accuracy over programming events with its 95 % interval (Student's t), beside the unit's stored rows. " +
    "Each condition, time and event is one pass over the test images (docs/speed.md says how many images a " +
    "second); the bar shows the time to go. Nothing is kept before the end: ended early, it begins again.",
)
  .option("--weights <file>", "baseline.safetensors (noisy) or hwt.safetensors of a unit", userPath)
  .option("--unit <name>", "both weights of a unit, e.g. 310301-s0-published")
  .option("--study <name>", "of the unit", "replication")
  .option(
    "--config <file>",
    "JSON file with any part of hardware and measurement, on top of the unit's; the options below outrank it",
    configPath,
  )
  .addOption(simulatorOption())
  .addOption(deviceOption())
  .option("--dac-bits <n>", "bits of an input's converter", wholeNumber("--dac-bits"))
  .option("--adc-bits <n>", "bits of an output's converter", wholeNumber("--adc-bits"))
  .option("--drift-compensation <name>", "global or none; of tiles")
  .option(
    "--times <list>",
    "after programming, e.g. 60s,1d (default: the unit's; of another memory those of its data)",
    times_s("--times"),
  )
  .option(
    "--test-images <n>",
    "the first of the split (default: the unit's)",
    wholeNumber("--test-images", 1),
  )
  .option(
    "--events <n>",
    `programming events (default: ${READ_OUT_EVENTS})`,
    wholeNumber("--events", 1),
  )
  .option(
    "--seed <n>",
    "of programming events and noise (default: the unit's own, which gives the stored devices again)",
    parseSeed,
  )
  .option("--out <file>", "CSV of the rows", userPath)
  .action(readout);

await main(program);
