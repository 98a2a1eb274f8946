/**
 * What an ablation changes: single settings of the hardware, each alone, everything else as in a study's
 * config. Those of the protocol are in `protocol_variants.ts`.
 */
import { type Config, DEVICES, type Hardware, resolveConfig } from "../config.ts";

/** One setting at one value. */
export interface Variant {
  /** What is changed, e.g. "adc_bits"; "default" where nothing is. */
  readonly setting: string;
  readonly value: string | number;
  readonly config: Config;
  /** Only the conditions that need no crossbar are measured. */
  readonly conditions?: "digital";
  /** What is trained again for it: HWT from the unit's baseline, or both. Nothing by default. */
  readonly trains?: "hwt" | "baseline_and_hwt";
  /** The variant's config that it is compared with; that of the default unless it is given. */
  readonly against?: Config;
}

/** How much a variant is measured: at one time, of at most 1,000 images, at most three times. */
export const readOut = ({ measurement }: Config) => ({
  ...measurement,
  testImages: Math.min(measurement.testImages, 1_000),
  repeats: Math.min(measurement.repeats, 3),
  inferenceTimes_s: [86_400],
});

type Change = (hardware: Hardware) => Partial<Hardware>;
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Values of each setting of the hardware, the default's own among them where it is a number. */
const HARDWARE: Readonly<Record<string, readonly (readonly [string | number, Change])[]>> = {
  dac_bits: range(4, 10).map((bits) => [bits, () => ({ dac: { kind: "bits", bits, bound: 1 } })]),
  adc_bits: range(4, 10).map((bits) => [bits, () => ({ adc: { kind: "bits", bits, bound: 10 } })]),
  adc_bound: [2, 5, 10, 20].map((
    bound,
  ) => [bound, () => ({ adc: { kind: "bits", bits: 8, bound } })]),
  g_max_uS: [5, 12.5, 25, 50].map((gMax_uS) => [gMax_uS, () => ({ gMax_uS })]),
  programming_noise: [0, 0.5, 1, 2].map((x) => [x, () => ({ programmingNoise: x })]),
  read_noise: [0, 1, 2, 4].map((x) => [x, () => ({ readNoise: x })]),
  drift: [0, 0.5, 1, 2].map((x) => [x, () => ({ drift: x })]),
  output_noise: [0, 0.02, 0.04, 0.08, 0.16].map((x) => [x, () => ({ outputNoise: x })]),
  drift_compensation: (["global", "none"] as const).map((
    x,
  ) => [x, () => ({ driftCompensation: x })]),
  tile_size: [64, 128, 256, 512].map((x) => [x, () => ({ maxInputSize: x, maxOutputSize: x })]),
  pairs: [1, 2, 4].map((pairs) => [pairs, () => ({ pairs })]),
  // Each device at the conductance of its own data.
  device: (["pcm", "reram_wan2022"] as const).map((
    device,
  ) => [device, () => ({ device, gMax_uS: DEVICES[device].gMax_uS })]),
  weight_scaling: (["per_tensor", "per_column"] as const).map((
    x,
  ) => [x, () => ({ weightScaling: x })]),
};

/** The config of `base` for an ablation: read out the sound way, so that only the hardware differs. */
function forHardware(base: Config, change: Change = () => ({})): Config {
  return resolveConfig(
    {
      ...base,
      departures: { ...base.departures, augmentTest: false, repeatVaries: "programming" },
      hardware: { ...base.hardware, ...change(base.hardware) },
      measurement: readOut(base),
    },
  );
}

/** The default, and every value of every hardware setting alone that differs from it. */
export function hardwareVariants(base: Config): Variant[] {
  const plain = forHardware(base), same = JSON.stringify(plain);
  const changed = Object.entries(HARDWARE).flatMap(([setting, values]) =>
    values.map(([value, change]) => ({ setting, value, config: forHardware(base, change) }))
  );
  return [
    { setting: "default", value: "default", config: plain },
    ...changed.filter(({ config }) => JSON.stringify(config) !== same),
  ];
}
