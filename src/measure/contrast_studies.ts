/** The studies of other spaces. What they ask stands in the room `contrast`, before any row was measured. */
import { type PartialConfig, resolveConfig } from "../config.ts";
import { ANALOGNAS, DARTS, RESNETS } from "../contrast/mod.ts";
import { networkUnit, type Plan, PLAN_VERSION, type Unit } from "./plan.ts";

/** No published table asks for its oddities: each of ten repeats programs the devices again. */
const SCALE = {
  protocol: "corrected",
  training: { epochs: 4 },
  hwt: { epochs: 1 },
} as const satisfies PartialConfig;
const REPEATED = { repeats: 10, inferenceTimes_s: [60, 86_400, 2_592_000] } as const;
/** Without QAT, and on fewer test images: those of all repeats together are what an interval rests on. */
const SHORT = {
  ...SCALE,
  qat: { epochs: 0 },
  measurement: { ...REPEATED, testImages: 2_000 },
} as const satisfies PartialConfig;

type StudiedSpace = "resnet" | "analognas" | "darts";

const unitsOf = (space: StudiedSpace, texts: readonly string[], seed: number, reason: string) =>
  texts.map((text) => networkUnit({ space, text }, seed, "corrected", reason));

const planOf = (study: StudiedSpace, config: PartialConfig, units: readonly Unit[]): Plan => ({
  version: PLAN_VERSION,
  study,
  configs: { corrected: resolveConfig(config) },
  units: [...units],
});

/** The nets of the grid, those with 1x1 kernels, and the grid again from a second seed. */
export function resNetStudyPlan(): Plan {
  const config = {
    ...SCALE,
    network: { space: "resnet" },
    qat: { epochs: 1 },
    measurement: { ...REPEATED, testImages: 5_000 },
  } as const;
  return planOf("resnet", config, [
    ...unitsOf("resnet", RESNETS.grid, 0, "grid"),
    ...unitsOf("resnet", RESNETS.kernels, 0, "kernels"),
    ...unitsOf("resnet", RESNETS.grid, 1, "grid, seed"),
  ]);
}

/** Each setting with all its branches before the next, so that a study stopped early has whole pairs. */
export function analogNasStudyPlan(): Plan {
  const config = { ...SHORT, network: { space: "analognas" } } as const;
  return planOf("analognas", config, unitsOf("analognas", ANALOGNAS, 0, "branches"));
}

/** Families of the smallest useful networks: their cost goes by operations, hardly by channels. */
export function dartsStudyPlan(): Plan {
  const config = {
    ...SHORT,
    network: { space: "darts", channels: 4, cellsPerStage: 1 },
    measurement: { ...SHORT.measurement, trainImages: 25_600 },
  } as const;
  return planOf("darts", config, unitsOf("darts", DARTS, 0, "families of the normal cell"));
}
