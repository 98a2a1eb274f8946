/**
 * The frozen experiment record: every knob with its unit, default and source. A config says how cells
 * are trained and measured, not which cell or with which seed; those two are columns of the rows.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { InputError } from "./input_error.ts";

const count = z.int().min(1);
const probability = z.number().min(0).max(1);
const rate = z.number().positive();

/** Scale of the network. Source: Dong & Yang 2020 (NAS-Bench-201), section 2.1. */
const network = z.strictObject({
  /** Channels of the stem and of the first stage; doubled at each later stage. Published: 16. */
  channels: count.default(16),
  /** Cells per stage, N. Published: 5. */
  cellsPerStage: count.default(5),
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
  /** Images that calibrate the activation ranges; from the split that the protocol names. */
  calibrationImages: count.max(10_000).default(2_560),
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

const schema = z.strictObject({
  /** What is done about the published script's oddities; see `PROTOCOLS`. */
  protocol: z.enum(["as_published", "corrected"]).default("corrected"),
  network: network.prefault({}),
  training: training.prefault({}),
  ptq: ptq.prefault({}),
  qat: qat.prefault({}),
});

type DeepReadonly<T> = { readonly [K in keyof T]: DeepReadonly<T[K]> };

/** A resolved config: complete, valid, frozen. */
export type Config = DeepReadonly<z.output<typeof schema>>;
/** A part of a config, as a user writes it. */
export type PartialConfig = z.input<typeof schema>;
export type Observer = (typeof OBSERVERS)[number];

/** What the two protocols do in training and quantization (design, "Known oddities" 1 and 2). */
export const PROTOCOLS = {
  as_published: {
    /** Random crop and flip on the test images too. */
    augmentTest: true,
    /** Images held out of training, stratified by class. */
    validationImages: 0,
    /** Split that calibrates PTQ. */
    calibrationSplit: "test",
    /** Split whose accuracy QAT's plateau schedule watches. */
    watchedSplit: "test",
  },
  corrected: {
    augmentTest: false,
    validationImages: 5_000,
    calibrationSplit: "validation",
    watchedSplit: "validation",
  },
} as const;

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
    return `${issue.path.join(".") || "config"} = ${JSON.stringify(value)}: ${issue.message}`;
  });
  throw new InputError(`The config is not valid. ${faults.join("; ")}.`);
}

/** Reads a config from a JSON file. Throws InputError where it is missing, no JSON or not valid. */
export async function readConfig(path: string): Promise<Config> {
  try {
    return resolveConfig(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`Cannot use the config ${path}: ${reason}`);
  }
}

/** Twelve hex digits that identify a config: head of SHA-256 over its JSON with sorted keys. */
export function configId(config: Config): string {
  return createHash("sha256").update(canonicalJson(config)).digest("hex").slice(0, 12);
}

/** JSON with the keys of every object sorted: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, v) =>
      v !== null && typeof v === "object" && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
        : v,
  );
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === "object") Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
