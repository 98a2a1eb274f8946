/** The study that is held against measured hardware: the network of Joshi et al. 2020, over a day. */
import { resolveConfig } from "../config.ts";
import { ANCHOR } from "../contrast/mod.ts";
import { networkUnit, type Plan, PLAN_VERSION } from "./plan.ts";

/**
 * One network under hardware-aware training, on 25 programming events. Two configs, in the order of their
 * cost: the epochs of the other studies of spaces, and three times as many.
 */
export function anchorPlan(): Plan {
  const config = (times: number) =>
    resolveConfig({
      protocol: "corrected",
      network: { space: "resnet" },
      training: { epochs: 4 * times },
      qat: { epochs: 0 },
      hwt: { epochs: times },
      measurement: { testImages: 2_000, repeats: 25, inferenceTimes_s: [...ANCHOR.times_s] },
    });
  const unit = (name: string, reason: string) =>
    networkUnit({ space: "resnet", text: ANCHOR.text }, 0, name, reason);
  return {
    version: PLAN_VERSION,
    study: "anchor",
    configs: { short: config(1), longer: config(3) },
    units: [
      unit("short", "measured hardware"),
      unit("longer", "measured hardware, trained longer"),
    ],
  };
}
