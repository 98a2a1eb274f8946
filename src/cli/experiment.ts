/** Options that commands on experiments share: the config, the cell, the images. */
import { type Command, Option } from "commander";
import { InputError } from "../input_error.ts";
import { didYouMean } from "../nearest.ts";
import {
  ARRAY_DEVICES,
  type Config,
  DEVICES,
  type PartialConfig,
  PRESETS,
  readPartialConfig,
  resolveConfig,
} from "../config.ts";
import { type Architecture, isConnected, parseArchitecture, parseCell } from "../space/mod.ts";
import { userPath } from "./command.ts";
import { decimal, wholeNumber } from "./numbers.ts";

/** What `withExperimentOptions` parses. The config checks the ranges of the numbers. */
export interface ExperimentOptions {
  readonly config?: string;
  readonly protocol?: string;
  readonly channels?: number;
  readonly cellsPerStage?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
}

/** The value of a `--config` option: a preset's name stays as it is. */
export const configPath = (text: string) => Object.hasOwn(PRESETS, text) ? text : userPath(text);

/** The options that name a network. */
export interface NetworkOptions {
  readonly cell?: string;
  readonly network?: string;
}

/** Adds the options that name a network: a cell of NAS-Bench-201, or a text of any space. */
export function withNetworkOptions(command: Command, note = ""): Command {
  return command
    .option("--cell <cell>", `${note}tuple "(2,2,0,4,2,1)", six digits, string or index`)
    .option(
      "--network <text>",
      `${note}instead of a cell: resnet:3x16-3x32-3x64:A, analognas:8:1x2w0.5, "darts:..."; ` +
        "depthwise convolutions stay digital (hardware.depthwise)",
    );
}

/** The network that the options name. Throws InputError where they name none, or two. */
export function architectureFrom({ cell, network }: NetworkOptions): Architecture {
  if ((cell === undefined) === (network === undefined)) {
    throw new InputError(
      "Name one network, with --cell (of NAS-Bench-201) or with --network, e.g. " +
        "--network resnet:3x16-3x32-3x64:A.",
    );
  }
  return parseArchitecture(cell === undefined ? network! : `nas_bench_201:${cell}`);
}

/** Says so where a network's output does not depend on its input: it can only guess, whatever is trained. */
export function noteDisconnected({ space, text }: Architecture): void {
  if (space !== "nas_bench_201" || isConnected(parseCell(text))) return;
  console.log(
    "note: no path leads from this cell's input to its output. The network's output does not depend " +
      "on the image, and its accuracy is that of guessing.",
  );
}

/** The part of a config that says of which space a network is, and how large it was built. */
export const networkSettings = (
  { space }: Architecture,
  scale: Readonly<Record<string, number>> = {},
): NonNullable<PartialConfig["network"]> => ({
  ...(space === "nas_bench_201" ? {} : { space: space as "darts" }),
  ...scale,
});

/** The option of a network's width. */
export const channels = () =>
  new Option("--channels <C>", "channels of the first stage (default: 16; of darts 36)")
    .argParser(wholeNumber("--channels"));

/** The option of a network's depth. */
export const cellsPerStage = () =>
  new Option("--cells-per-stage <N>", "cells in each of the three stages (default: 5; of darts 6)")
    .argParser(wholeNumber("--cells-per-stage"));

/** The option of layers that are kept digital: exact names, separated by commas, in the order of names. */
export const digitalOption = (
  note =
    "layers kept off the crossbars, by exact name, e.g. conv1,fc; import-onnx --dry-run lists them",
) =>
  new Option("--digital <names>", note).argParser((text: string): readonly string[] => {
    const names = text.split(",").map((name) => name.trim());
    if (!names.includes("")) return [...new Set(names)].sort();
    throw new InputError(`--digital wants names of layers separated by commas, not "${text}".`);
  });

/** Adds the options that make a config: a file, and single settings that outrank it. */
export function withExperimentOptions(command: Command): Command {
  return command
    .option(
      "--config <file>",
      "JSON file with any part of a config; the options below outrank it",
      configPath,
    )
    .option("--protocol <name>", "as_published or corrected (default: corrected)")
    .addOption(channels())
    .addOption(cellsPerStage())
    .option(
      "--epochs <n>",
      "passes over the training images (default: 200)",
      wholeNumber("--epochs"),
    )
    .option("--batch-size <n>", "images a step (default: 256)", wholeNumber("--batch-size"))
    .option(
      "--learning-rate <rate>",
      "of the first epoch (default: 0.1)",
      decimal("--learning-rate"),
    );
}

/**
 * The config that the options ask for.
 *
 * @param more settings of the command's own, outranking all; its network is that of the weights at hand
 * Throws InputError naming each wrong setting, and each that the weights contradict.
 */
export async function configFrom(
  options: ExperimentOptions,
  more: PartialConfig = {},
): Promise<Config> {
  const partial = options.config === undefined ? {} : await readPartialConfig(options.config);
  refuseContradiction(partial.network ?? {}, more.network ?? {});
  const { protocol, channels, cellsPerStage, epochs, batchSize, learningRate } = options;
  return resolveConfig({
    ...partial,
    ...given({ protocol }) as Pick<PartialConfig, "protocol">,
    network: { ...partial.network, ...given({ channels, cellsPerStage }), ...more.network },
    training: { ...partial.training, ...given({ epochs, batchSize, learningRate }) },
    ptq: { ...partial.ptq, ...more.ptq },
    hardware: { ...partial.hardware, ...more.hardware },
    qat: { ...partial.qat, ...more.qat },
    hwt: { ...partial.hwt, ...more.hwt },
    measurement: { ...partial.measurement, ...more.measurement },
  });
}

/** A config that names another network than the weights is no config for them. */
function refuseContradiction(
  asked: NonNullable<PartialConfig["network"]>,
  weights: NonNullable<PartialConfig["network"]>,
): void {
  for (const [name, value] of Object.entries(weights)) {
    const other = asked[name as keyof typeof asked];
    if (other === undefined || other === value) continue;
    throw new InputError(
      `network.${name} is ${other} in the config and ${value} in the weights. Take it out of the config, ` +
        `or name weights of that size.`,
    );
  }
}

/** Options that name what reads a network out. */
export interface HardwareOptions {
  readonly simulator?: string;
  readonly device?: string;
  readonly digital?: readonly string[];
}

/** The option of the simulator. */
export const simulatorOption = () =>
  new Option("--simulator <name>", "aihwkit (tiles) or crosssim (arrays; default: aihwkit)");

/** The option of the memory device. */
export const deviceOption = () =>
  new Option(
    "--device <name>",
    `memory: ${Object.keys(DEVICES).join(", ")}; of crosssim ${
      Object.keys(ARRAY_DEVICES).join(", ")
    }`,
  );

/** The hardware that the options ask for: a simulator and its memory device outrank those of `partial`. */
export function hardwareAsked(
  partial: PartialConfig,
  { simulator, device, digital }: HardwareOptions,
) {
  const asked = resolveConfig(partial).hardware.simulator.kind, kind = simulator ?? asked;
  if (kind === "aihwkit") {
    if (device !== undefined && Object.hasOwn(ARRAY_DEVICES, device)) {
      throw new InputError(
        `${device} is a memory of arrays. Add --simulator crosssim, or name one of ` +
          `${Object.keys(DEVICES).join(", ")}.`,
      );
    }
    return { simulator: { kind }, ...given<unknown>({ device, digital }) } as HardwarePart;
  }
  if (kind !== "crosssim") {
    const hint = didYouMean(kind, ["aihwkit", "crosssim"]);
    throw new InputError(`No simulator "${kind}".${hint} Simulators are: aihwkit, crosssim.`);
  }
  const arrays = asked === kind ? partial.hardware?.simulator : {};
  return {
    simulator: { ...arrays, kind, ...given({ device }) },
    ...given({ digital }),
  } as HardwarePart;
}

type HardwarePart = NonNullable<PartialConfig["hardware"]>;

/** The entries that are given. */
export function given<T>(options: Readonly<Record<string, T | undefined>>): Record<string, T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<string, T>;
}

/** How long a trial with --smoke is: images of each split, and epochs. */
export const SMOKE = { images: 1_024, epochs: 2 } as const;
