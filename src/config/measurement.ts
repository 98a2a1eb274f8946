/** The part of a config that says how much is measured. */
import { z } from "zod";
import { DEFAULT_COUNTS } from "./conflicts.ts";
import { DEVICES } from "./hardware.ts";

/** Inference times of the published study: 60 s, 1 h, 1 d, 30 d. */
export const PUBLISHED_TIMES_S: readonly number[] = [60, 3_600, 86_400, 2_592_000];

/** How much is measured. */
export const measurement = z.strictObject({
  trainImages: z.int().min(1).max(50_000).default(DEFAULT_COUNTS.trainImages).meta({
    description: "Training images, the first of the split; fewer than all for trials only. The " +
      "default stands for all that are left besides the validation images.",
    unit: "images",
  }),
  testImages: z.int().min(1).max(10_000).default(10_000).meta({
    description: "Test images, the first of the split.",
    unit: "images",
  }),
  data: z.string().min(1).optional().meta({
    description: "Hash of images of the user's own, set by --data.",
    defaultText: "CIFAR-10",
  }),
  repeats: z.int().min(1).default(25).meta({
    description: "Read-outs of the test images at each inference time.",
  }),
  inferenceTimes_s: z.array(z.number().min(0)).min(1).readonly().optional().meta({
    description: "Times after programming at which the network is read.",
    unit: "s",
    defaultText: `${PUBLISHED_TIMES_S.join(", ")}; of reram_wan2022 ` +
      `${DEVICES.reram_wan2022.times_s.join(", ")}; of arrays their device's`,
  }),
}).prefault({}).meta({
  description: "How much is measured.",
  source: "the published script of the benchmark",
});
