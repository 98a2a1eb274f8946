/**
 * The frozen experiment record: every knob with its unit, default and source. A config says how cells
 * are trained and measured, not which cell or with which seed; those two are columns of the rows.
 */
import { z } from "zod";
import {
  arrayConflicts,
  arraySettings,
  arrayTimes_s,
  onlyTimes_s,
  withWindow,
} from "./config_arrays.ts";
import { conflicts, DEFAULT_COUNTS } from "./config_conflicts.ts";
import { InputError } from "./input_error.ts";
import { readJson } from "./json_file.ts";

const count = z.int().min(1);
const probability = z.number().min(0).max(1);
const rate = z.number().positive();

/** The search spaces and their published scales; a space without one says all in a network's text. */
const SPACE_SCALES = {
  /** Source: Dong & Yang 2020, section 2.1. */
  nas_bench_201: { channels: 16, cellsPerStage: 5 },
  resnet: null,
  analognas: null,
  /** A network from a file, which holds its graph. */
  custom: null,
  /** Source: Liu et al. 2019, section 3.3. */
  darts: { channels: 36, cellsPerStage: 6 },
} as const;
type ScaledSpace = keyof typeof SPACE_SCALES;

/** A network's space and scale. Without a space it is NAS-Bench-201's, as before there were others. */
type NetworkSettings =
  | { readonly channels: number; readonly cellsPerStage: number }
  | { readonly space: "darts"; readonly channels: number; readonly cellsPerStage: number }
  | { readonly space: "resnet" | "analognas" | "custom" };

const network = z.strictObject({
  /** Search space; the network itself is the command's matter. */
  space: z.enum(Object.keys(SPACE_SCALES) as [ScaledSpace, ...ScaledSpace[]])
    .default("nas_bench_201"),
  /** Channels of the first stage, doubled at each later one. NAS-Bench-201: 16, DARTS: 36. */
  channels: count.optional(),
  /** Cells per stage, N. NAS-Bench-201: 5, DARTS: 6. */
  cellsPerStage: z.int().min(0).optional(),
}).transform(({ space, ...given }, context): NetworkSettings => {
  const scale = SPACE_SCALES[space];
  const fault = (name: string, message: string) =>
    context.addIssue({ code: "custom", path: [name], message });
  if (scale === null) {
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined) fault(name, `a network of ${space} says its size in its text`);
    }
    return { space: space as "resnet" | "analognas" | "custom" };
  }
  const { channels = scale.channels, cellsPerStage = scale.cellsPerStage } = given;
  if (space === "darts") return { space, channels, cellsPerStage };
  if (cellsPerStage < 1) fault("cellsPerStage", "Too small: expected number to be >=1");
  return { channels, cellsPerStage };
});

/** Baseline training. Source of all defaults: Dong & Yang 2020, section 2.2 and table 1. */
const training = z.strictObject({
  /** Passes over the training images. */
  epochs: count.default(200),
  /** Images a step; the last step of an epoch takes what is left. */
  batchSize: count.max(50_000).default(256),
  /** Learning rate of the first epoch; a cosine takes it to 0 over the epochs. */
  learningRate: rate.default(0.1),
  /** Nesterov momentum. */
  momentum: z.number().min(0).lt(1).default(0.9),
  /** L2 penalty added to the gradient of every trainable number (PyTorch's semantics). */
  weightDecay: z.number().min(0).default(5e-4),
  /** Zero pixels around the image before the random crop. */
  cropPadding: z.int().min(0).max(16).default(4),
  /** Chance of a horizontal flip. */
  flipProbability: probability.default(0.5),
});

/** How an observer turns seen activations into a range; see `quantize/observer.ts`. */
export const OBSERVERS = ["min_max", "percentile", "histogram"] as const;

/** Post-training quantization: integers per output channel for weights, per tensor for activations. */
const ptq = z.strictObject({
  /** Source of the default: torch.ao.quantization, default_qconfig of the x86 backend. */
  observer: z.enum(OBSERVERS).default("histogram"),
  /**
   * Images that calibrate the activation ranges, the first of the split that the protocol names. The default
   * stands for all of them where there are fewer; another number that is not there is refused.
   */
  calibrationImages: count.max(10_000).default(DEFAULT_COUNTS.calibrationImages),
  /** Width of weights. Source: Bessalah et al. 2025 (arXiv 2506.18495), 8-bit quantization. */
  weightBits: z.int().min(2).max(8).default(8),
  /** Width of activations. Source: as for weights. */
  activationBits: z.int().min(2).max(8).default(8),
});

/** Quantization-aware training from a trained network. Source: the published script of the benchmark. */
const qat = z.strictObject({
  /** Passes over the training images. */
  epochs: count.default(20),
  /** Learning rate of Adam at the start. */
  learningRate: rate.default(1e-3),
  /** L2 penalty added to the gradient (PyTorch's Adam, not AdamW). */
  weightDecay: z.number().min(0).default(1e-4),
  /** Factor on the learning rate when the watched accuracy has not risen. */
  plateauFactor: z.number().gt(0).lt(1).default(0.1),
  /** Epochs without a rise that are let pass. */
  plateauPatience: z.int().min(0).default(3),
  /** Upper bound of the global norm of the gradient. */
  clipNorm: rate.default(1),
});

const bound = z.number().positive();

/** A converter of the periphery; its range is -bound..bound. */
const converter = z.discriminatedUnion("kind", [
  /** 2^bits - 2 steps over the range: codes symmetric about 0. */
  z.strictObject({ kind: z.literal("bits"), bits: z.int().min(2).max(16), bound }),
  /** A step is this share of the whole range; need not divide the bound. */
  z.strictObject({ kind: z.literal("resolution"), resolution: z.number().gt(0).max(1), bound }),
  /** No quantization; clips at `bound`, or nowhere where it is null. */
  z.strictObject({ kind: z.literal("ideal"), bound: bound.nullable() }),
]);

/**
 * Device models and what their data cover: the largest conductance, uS, and the times after programming,
 * s, where only those were measured. Sources: `analog/tiles/pcm.ts`, `analog/tiles/reram.ts`.
 */
export const DEVICES = {
  pcm: { gMax_uS: 25, times_s: null },
  reram_wan2022: { gMax_uS: 40, times_s: [1, 86_400, 172_800] },
} as const;

/** What reads a network out: the tiles that the other settings of `hardware` describe, or arrays. */
const simulator = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("aihwkit") }),
  arraySettings,
]);

/**
 * Crossbars of resistive memory and their periphery. Source of all defaults: Bessalah et al. 2025
 * (arXiv 2506.18495) through AIHWKit 1.1.0, unless another is named.
 */
const hardware = z.strictObject({
  /** The simulator that a trained network is read out with. Hardware-aware training is the tiles' always. */
  simulator: simulator.prefault({ kind: "aihwkit" }),
  /** Memory device of the crossbars: phase-change memory or the ReRAM of Wan et al. 2022. */
  device: z.enum(["pcm", "reram_wan2022"]).default("pcm"),
  /** Rows of a tile; a longer input is split near-equally. 0: no limit. */
  maxInputSize: z.int().min(0).default(512),
  /** Columns of a tile. 0: no limit. */
  maxOutputSize: z.int().min(0).default(512),
  /** Largest normalised weight of a freshly mapped tile; 0 maps weights as they are. */
  weightScalingOmega: z.number().min(0).default(1),
  /** One mapping scale a tile, or one a crossbar column (= output). */
  weightScaling: z.enum(["per_tensor", "per_column"]).default("per_tensor"),
  /** Input converter; its signal is the input divided by the input range, dimensionless. */
  dac: converter.prefault({ kind: "bits", bits: 8, bound: 1 }),
  /** Output converter; its signal is a sum of weight x input, dimensionless. */
  adc: converter.prefault({ kind: "bits", bits: 8, bound: 10 }),
  /** SD of the noise ahead of the ADC, in the unit of the ADC's bound. */
  outputNoise: z.number().min(0).default(0.04),
  /** Input magnitude that fills the DAC's range in a network never trained on the simulator. */
  inputRange: z.number().positive().default(3),
  /** Pairs of devices a weight, of equal significance; a pair is used where those before it are full. */
  pairs: count.default(1),
  /** Largest target conductance, uS. Default: the device data's (`DEVICES`); others are extrapolated. */
  gMax_uS: z.number().positive().optional(),
  /** Smallest target conductance, uS. */
  gMin_uS: z.number().min(0).default(0),
  /** Factor on the programming error (of ReRAM, at every time); 0 turns it off. */
  programmingNoise: z.number().min(0).default(1),
  /** Factor on the drift exponents of PCM. */
  drift: z.number().min(0).default(1),
  /** Factor on the 1/f read noise of PCM. */
  readNoise: z.number().min(0).default(1),
  /** `global`: one factor a tile, from its summed response to one-hot inputs. */
  driftCompensation: z.enum(["global", "none"]).default("global"),
});

/** Hardware-aware training from a trained network. Sources as for `hardware`. */
const hwt = z.strictObject({
  /** Passes over the training images. */
  epochs: count.default(200),
  /** Learning rate of SGD; `PROTOCOLS` says how it goes on. Momentum and weight decay are `training`'s. */
  learningRate: rate.default(0.01),
  /** SD of the noise on weights in the forward pass, relative to the tile's largest weight. */
  weightNoise: z.number().min(0).default(0.06),
  /** Weights are clipped at this many SD of their tile after each step; 0: never. */
  clipSigmas: z.number().min(0).default(2),
  /** What is rescaled to a largest weight of 1 after each step: the tile, each output, nothing. */
  remap: z.enum(["layerwise", "channelwise", "none"]).default("layerwise"),
  /** Batches over which the input range is estimated from the data. */
  inputRangeBatches: z.int().min(0).default(50),
  /** The estimate is this many SD of the tile's input. */
  inputRangeSds: z.number().positive().default(3),
  /** Pull of the input range towards 0, relative to it. */
  inputRangeDecay: z.number().min(0).default(0.01),
  /** The pull acts where more than this share of the inputs lies inside the range. */
  inputRangeMinFraction: probability.default(0.995),
});

/** Inference times of the published study: 60 s, 1 h, 1 d, 30 d. */
const PUBLISHED_TIMES_S: readonly number[] = [60, 3_600, 86_400, 2_592_000];

/** How much is measured. Source of all defaults: the published script of the benchmark. */
const measurement = z.strictObject({
  /** Training images, the first of the split; fewer than all for trials only. Default: all that are left. */
  trainImages: count.max(50_000).default(DEFAULT_COUNTS.trainImages),
  /** Test images, the first of the split. */
  testImages: count.max(10_000).default(10_000),
  /** Read-outs of the test images at each inference time. */
  repeats: count.default(25),
  /** Seconds after programming. Default: `PUBLISHED_TIMES_S`, or the only times of the device's data. */
  inferenceTimes_s: z.array(z.number().min(0)).min(1).readonly().optional(),
});

/** What is done about the oddities of the published script (design, "Known oddities"). */
const protocolSettings = z.strictObject({
  /** Random crop and flip on the test images too (oddity 1). */
  augmentTest: z.boolean(),
  /** Images held out of training, stratified by class (oddity 2). */
  validationImages: z.int().min(0).max(25_000),
  /** Split that calibrates PTQ (oddity 2). */
  calibrationSplit: z.enum(["test", "validation"]),
  /** Split whose accuracy QAT's plateau schedule watches (oddity 2). */
  watchedSplit: z.enum(["test", "validation"]),
  /** Gradient of hardware-aware training: AIHWKit's own scaling, or the plain chain rule. */
  hwtGradient: z.enum(["aihwkit", "chain_rule"]),
  /** Its learning rate: the published script's cosine drives another optimizer (oddity 3). */
  hwtSchedule: z.enum(["constant", "cosine"]),
  /** Input ranges of a network never trained on the simulator: 3.0, or found from data (oddity 5). */
  inputRange: z.enum(["fixed", "calibrated"]),
  /** What differs between repeats at an inference time (oddity 4). */
  repeatVaries: z.enum(["read_and_output_noise", "programming"]),
});
/** What a protocol does, oddity by oddity. */
export type ProtocolSettings = Readonly<z.output<typeof protocolSettings>>;

const PROTOCOL_NAMES = ["as_published", "corrected"] as const;

const schema = z.strictObject({
  /** What is done about the published script's oddities; see `PROTOCOLS`. */
  protocol: z.enum(PROTOCOL_NAMES).default("corrected"),
  /** Settings in which the protocol is departed from, to see what one oddity alone does. */
  departures: protocolSettings.partial().prefault({}),
  network: network.prefault({}),
  training: training.prefault({}),
  ptq: ptq.prefault({}),
  qat: qat.prefault({}),
  hardware: hardware.prefault({}),
  hwt: hwt.prefault({}),
  measurement: measurement.prefault({}),
}).transform((config) => {
  const { hardware, measurement } = config, device = DEVICES[hardware.device];
  const gMax_uS = hardware.gMax_uS ?? device.gMax_uS;
  const simulator = hardware.simulator.kind === "crosssim"
    ? withWindow(hardware.simulator)
    : hardware.simulator;
  const times_s = simulator.kind === "crosssim"
    ? arrayTimes_s(simulator.device)
    : device.times_s ?? PUBLISHED_TIMES_S;
  const inferenceTimes_s = measurement.inferenceTimes_s ?? times_s;
  return {
    ...config,
    hardware: { ...hardware, gMax_uS, simulator },
    measurement: { ...measurement, inferenceTimes_s },
  };
}).superRefine((config, context) => {
  const { device, simulator } = config.hardware, { inferenceTimes_s } = config.measurement;
  const isArrays = simulator.kind === "crosssim", protocol = settingsOf(config);
  const read = isArrays
    ? { name: simulator.device, times_s: onlyTimes_s(simulator.device) }
    : { name: device, times_s: DEVICES[device].times_s };
  const found = [
    ...conflicts({ ...config, protocol, device: read }),
    ...(isArrays ? arrayConflicts(simulator, inferenceTimes_s) : []),
  ];
  for (const { path, message } of found) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
});

export { ARRAY_DEVICES, type ArrayDeviceName, arrayTimeFault } from "./config_arrays.ts";

type DeepReadonly<T> = { readonly [K in keyof T]: DeepReadonly<T[K]> };

/** A resolved config: complete, valid, frozen. */
export type Config = DeepReadonly<z.output<typeof schema>>;
/** A part of a config, as a user writes it. */
export type PartialConfig = z.input<typeof schema>;
/** The search space of a config's networks, and its settings of their scale. */
export function scaleOf({ network }: Config): {
  readonly space: ScaledSpace;
  readonly scale: Readonly<Record<string, number>>;
} {
  const { space = "nas_bench_201", ...scale } = network as { space?: ScaledSpace };
  return { space, scale };
}

/** The simulated hardware: device, converters, noise, tiles, drift. */
export type Hardware = Config["hardware"];
/** Settings of arrays. */
export type ArraySettings = Extract<Hardware["simulator"], { readonly kind: "crosssim" }>;
/** Settings of hardware-aware training. */
export type HwtSettings = Config["hwt"];
/** Name of an observer. */
export type Observer = (typeof OBSERVERS)[number];

/** What each protocol does about the oddities. */
export const PROTOCOLS: Readonly<Record<(typeof PROTOCOL_NAMES)[number], ProtocolSettings>> = {
  as_published: {
    augmentTest: true,
    validationImages: 0,
    calibrationSplit: "test",
    watchedSplit: "test",
    hwtGradient: "aihwkit",
    hwtSchedule: "constant",
    inputRange: "fixed",
    repeatVaries: "read_and_output_noise",
  },
  corrected: {
    augmentTest: false,
    validationImages: 5_000,
    calibrationSplit: "validation",
    watchedSplit: "validation",
    hwtGradient: "chain_rule",
    hwtSchedule: "cosine",
    inputRange: "calibrated",
    repeatVaries: "programming",
  },
};

/** What `config` does about the oddities: its protocol's settings, its departures applied. */
export const protocolOf = (config: Config): ProtocolSettings => settingsOf(config);

function settingsOf({ protocol, departures }: {
  readonly protocol: keyof typeof PROTOCOLS;
  readonly departures: { readonly [K in keyof ProtocolSettings]?: ProtocolSettings[K] | undefined };
}): ProtocolSettings {
  return { ...PROTOCOLS[protocol], ...departures } as ProtocolSettings;
}

/** The simulator and the memory device that read a network out: columns of the rows. */
export function readBy({ hardware: { simulator, device } }: Config) {
  return simulator.kind === "aihwkit"
    ? { simulator: simulator.kind, device }
    : { simulator: simulator.kind, device: simulator.device };
}

/**
 * Fills `partial` with the defaults, checks and freezes it.
 * Throws InputError naming each wrong setting and its value.
 */
export function resolveConfig(partial: PartialConfig = {}): Config {
  const result = schema.safeParse(partial);
  if (result.success) return deepFreeze(result.data);
  const faults = result.error.issues.map((issue) => {
    const value = issue.path.reduce<unknown>(
      (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
      partial,
    );
    const shown = typeof value === "number" ? String(value) : JSON.stringify(value);
    const at = issue.path.join(".") || "config";
    return `${at}${shown === undefined ? "" : ` = ${shown}`}: ${issue.message}`;
  });
  throw new InputError(`The config is not valid. ${faults.join("; ")}.`);
}

/** Configs by name: `analognas_bench` is the published study's, hardware and oddities included. */
export const PRESETS: Readonly<Record<string, PartialConfig>> = {
  analognas_bench: { protocol: "as_published" },
};

/**
 * A part of a config: a preset's by its name, else read from a JSON file. Throws InputError where the file
 * is missing or no JSON, naming each wrong setting.
 */
export async function readPartialConfig(path: string): Promise<PartialConfig> {
  if (Object.hasOwn(PRESETS, path)) return PRESETS[path];
  const presets = Object.keys(PRESETS).join(", ");
  const partial = await readJson(
    path,
    z.unknown(),
    `Name a JSON file or one of ${presets}.`,
  ) as PartialConfig;
  resolveConfig(partial);
  return partial;
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === "object") Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
