/** The part of a config that describes crossbars of resistive memory and what reads them out. */
import { z } from "zod";
import { arraySettings } from "./arrays.ts";

/**
 * Device models and what their data cover: the largest conductance, uS, and the times after programming,
 * s, where only those were measured. Sources: `analog/tiles/pcm.ts`, `analog/tiles/reram.ts`.
 */
export const DEVICES = {
  pcm: { gMax_uS: 25, times_s: null },
  reram_wan2022: { gMax_uS: 40, times_s: [1, 86_400, 172_800] },
} as const;

/** `given` with the kind that its other settings imply, where it says none. */
function withKind<T>(given: T, implied: (names: readonly string[]) => string): T {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const names = Object.keys(given);
  return names.includes("kind") ? given : { kind: implied(names), ...given };
}

/** A converter as a config gives it: in part, or whole. */
interface ConverterInput {
  readonly kind?: "bits" | "resolution" | "ideal" | undefined;
  readonly bits?: number | undefined;
  readonly resolution?: number | undefined;
  readonly bound?: number | null | undefined;
}

/** A converter of 8 bits over -bound..bound, where a config says nothing else of it. */
function converter(of: "input" | "output", signal: string, defaultBound: number) {
  const positive = z.number().positive();
  const bound = positive.nullable().default(defaultBound).meta({
    description: `The ${of} converter's range is -bound to bound; its signal is ${signal}. Null, ` +
      "with kind ideal only: no clipping.",
  });
  const kind = {
    description:
      `The ${of} converter: codes symmetric about 0 (2^bits - 2 steps), steps that are a ` +
      "share of the whole range, or clipping alone.",
    defaultText: "bits; resolution where that is given",
  };
  return z.preprocess(
    (given: ConverterInput) =>
      withKind(given, (names) => names.includes("resolution") ? "resolution" : "bits"),
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("ideal").meta(kind), bound }),
      z.strictObject({
        kind: z.literal("bits").meta(kind),
        bits: z.int().min(2).max(16).default(8).meta({
          description: `Width of an ${of} code.`,
          unit: "bits",
        }),
        bound: positive.default(defaultBound),
      }),
      z.strictObject({
        kind: z.literal("resolution").meta(kind),
        resolution: z.number().gt(0).max(1).meta({
          description:
            `A step of the ${of} as a share of the whole range; need not divide the bound.`,
          defaultText: "none; to be given with kind resolution",
        }),
        bound: positive.default(defaultBound),
      }),
    ]),
  ).prefault({});
}

/** A simulator as a config gives it: in part, or whole. */
type SimulatorInput =
  | { readonly kind?: "aihwkit" | undefined }
  | Omit<z.input<typeof arraySettings>, "kind"> & { readonly kind?: "crosssim" | undefined };

/** What reads a network out: the tiles that the other settings of `hardware` describe, or arrays. */
const simulator = z.preprocess(
  (given: SimulatorInput) =>
    withKind(given, (names) => names.length === 0 ? "aihwkit" : "crosssim"),
  z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("aihwkit") }), arraySettings]),
).prefault({}).meta({
  description:
    "The simulator that a trained network is read out with; hardware-aware training is " +
    "the tiles' always.",
});

/** Crossbars of resistive memory and their periphery. */
export const hardware = z.strictObject({
  simulator,
  device: z.enum(Object.keys(DEVICES) as [keyof typeof DEVICES]).default("pcm").meta({
    description:
      "Memory device of the tiles: phase-change memory, or the ReRAM of Wan et al. 2022.",
  }),
  maxInputSize: z.int().min(0).default(512).meta({
    description: "Rows of a tile; a longer input is split near-equally. 0: no limit.",
  }),
  maxOutputSize: z.int().min(0).default(512).meta({
    description: "Columns of a tile. 0: no limit.",
  }),
  weightScalingOmega: z.number().min(0).default(1).meta({
    description: "Largest normalised weight of a freshly mapped tile; 0 maps weights as they are.",
  }),
  weightScaling: z.enum(["per_tensor", "per_column"]).default("per_tensor").meta({
    description: "One mapping scale a tile, or one a crossbar column (= output).",
  }),
  dac: converter("input", "the input divided by the input range, dimensionless", 1),
  adc: converter("output", "a sum of weight x input, dimensionless", 10),
  outputNoise: z.number().min(0).default(0.04).meta({
    description: "SD of the noise ahead of the ADC, in the unit of the ADC's bound.",
  }),
  inputRange: z.number().positive().default(3).meta({
    description: "Input magnitude that fills the DAC's range in a network never trained on the " +
      "simulator.",
  }),
  pairs: z.int().min(1).default(1).meta({
    description: "Pairs of devices a weight, of equal significance; a pair is used where those " +
      "before it are full.",
  }),
  gMax_uS: z.number().positive().optional().meta({
    description: "Largest target conductance; another than the device data's is extrapolated.",
    unit: "uS",
    defaultText: Object.entries(DEVICES).map(([name, { gMax_uS }]) => `${gMax_uS} of ${name}`)
      .join(", "),
  }),
  gMin_uS: z.number().min(0).default(0).meta({
    description: "Smallest target conductance.",
    unit: "uS",
  }),
  programmingNoise: z.number().min(0).default(1).meta({
    description: "Factor on the programming error (of ReRAM, at every time); 0 turns it off.",
  }),
  drift: z.number().min(0).default(1).meta({
    description: "Factor on the drift exponents of PCM.",
  }),
  readNoise: z.number().min(0).default(1).meta({
    description: "Factor on the 1/f read noise of PCM.",
  }),
  driftCompensation: z.enum(["global", "none"]).default("global").meta({
    description: "`global`: one factor a tile, from its summed response to one-hot inputs.",
  }),
  depthwise: z.enum(["digital", "sequential"]).default("digital").meta({
    description:
      "Depthwise convolutions: `digital`, or `sequential`: each channel on a small tile of its " +
      "own, one after another. Arrays know the first alone.",
  }),
  digital: z.array(z.string().min(1)).min(1).readonly().optional().meta({
    description:
      "Layers kept digital by choice, by exact name: of an ONNX file those of its nodes.",
    defaultText: "none",
  }),
}).prefault({}).meta({
  description: "The simulated hardware.",
  source: "Bessalah et al. 2025 (arXiv 2506.18495) through AIHWKit 1.1.0",
});
