/** The part of a config that says what is done about the oddities of the published script. */
import { z } from "zod";

/** Names of the protocols. */
export const PROTOCOL_NAMES = ["as_published", "corrected"] as const;

/** What each protocol does about the oddities. */
export const PROTOCOLS = {
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
} as const;

const described = (name: keyof typeof PROTOCOLS.corrected, description: string, unit?: string) => ({
  description,
  ...(unit === undefined ? {} : { unit }),
  defaultText: `the protocol's: ${PROTOCOLS.corrected[name]} (corrected), ` +
    `${PROTOCOLS.as_published[name]} (as_published)`,
});

/** One setting for each oddity. */
export const protocolSettings = z.strictObject({
  augmentTest: z.boolean().optional().meta(
    described("augmentTest", "Random crop and flip on the test images too (oddity 1)."),
  ),
  validationImages: z.int().min(0).max(25_000).optional().meta(
    described(
      "validationImages",
      "Images held out of training, stratified by class (oddity 2).",
      "images",
    ),
  ),
  calibrationSplit: z.enum(["test", "validation"]).optional().meta(
    described("calibrationSplit", "Split that calibrates PTQ (oddity 2)."),
  ),
  watchedSplit: z.enum(["test", "validation"]).optional().meta(
    described("watchedSplit", "Split whose accuracy QAT's plateau schedule watches (oddity 2)."),
  ),
  hwtGradient: z.enum(["aihwkit", "chain_rule"]).optional().meta(
    described(
      "hwtGradient",
      "Gradient of hardware-aware training: AIHWKit's own scaling, or the plain chain rule.",
    ),
  ),
  hwtSchedule: z.enum(["constant", "cosine"]).optional().meta(
    described(
      "hwtSchedule",
      "Its learning rate: the published script's cosine drives another optimizer (oddity 3).",
    ),
  ),
  inputRange: z.enum(["fixed", "calibrated"]).optional().meta(
    described(
      "inputRange",
      "Input ranges of a network never trained on the simulator: `hardware.inputRange`, or found " +
        "from data (oddity 5).",
    ),
  ),
  repeatVaries: z.enum(["read_and_output_noise", "programming"]).optional().meta(
    described("repeatVaries", "What differs between repeats at an inference time (oddity 4)."),
  ),
});

/** What a protocol does, oddity by oddity. */
export type ProtocolSettings = {
  readonly [K in keyof z.output<typeof protocolSettings>]-?: NonNullable<
    z.output<typeof protocolSettings>[K]
  >;
};

/** A protocol's settings, its departures applied. */
export function settingsOf({ protocol, departures }: {
  readonly protocol: keyof typeof PROTOCOLS;
  readonly departures: { readonly [K in keyof ProtocolSettings]?: ProtocolSettings[K] | undefined };
}): ProtocolSettings {
  return { ...PROTOCOLS[protocol], ...departures } as ProtocolSettings;
}
