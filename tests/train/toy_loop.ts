import type { ImageSet } from "../../src/dataset/mod.ts";
import { type EpochRecord, type Stage, trainLoop } from "../../src/train/mod.ts";

const images: ImageSet = {
  count: 40,
  pixels: Uint8Array.from({ length: 40 * 3_072 }, (_, i) => (i * 131) % 256),
  labels: Uint8Array.from({ length: 40 }, (_, i) => i % 10),
};

/** Epochs of four steps over forty images. */
export function toyLoop(
  folder: string,
  stage: Stage,
  options: { readonly seed?: number; readonly batchSize?: number } = {},
): Promise<readonly EpochRecord[]> {
  return trainLoop({
    stage,
    data: { train: images, augmentation: { cropPadding: 4, flipProbability: 0.5 } },
    batchSize: 12,
    seed: 7,
    folder,
    clock: () => performance.now(),
    ...options,
  });
}
