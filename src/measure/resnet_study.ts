/** The study of ResNets. What it asks stands in the room `contrast`, before any row was measured. */
import { type PartialConfig, resolveConfig } from "../config.ts";
import { RESNETS } from "../contrast/mod.ts";
import { networkUnit, type Plan, PLAN_VERSION } from "./plan.ts";

/** No published table asks for its oddities: each of ten repeats programs the devices anew. */
const SCALE = {
  protocol: "corrected",
  network: { space: "resnet" },
  training: { epochs: 4 },
  qat: { epochs: 1 },
  hwt: { epochs: 1 },
  measurement: { testImages: 5_000, repeats: 10, inferenceTimes_s: [60, 86_400, 2_592_000] },
} as const satisfies PartialConfig;

const SEEDS = [0, 1];

/** The nets of the grid from two seeds, and those with 1x1 kernels from one. */
export function resNetStudyPlan(): Plan {
  const unit = (seed: number, reason: string) => (text: string) =>
    networkUnit({ space: "resnet", text }, seed, "corrected", reason);
  return {
    version: PLAN_VERSION,
    study: "resnet",
    configs: { corrected: resolveConfig(SCALE) },
    units: [
      ...SEEDS.flatMap((seed) => RESNETS.grid.map(unit(seed, seed === 0 ? "grid" : "grid, seed"))),
      ...RESNETS.kernels.map(unit(0, "kernels")),
    ],
  };
}
