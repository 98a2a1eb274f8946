import type { ImageSet } from "../../src/dataset/mod.ts";
import { type EpochRecord, type Stage, trainLoop } from "../../src/train/mod.ts";

const images: ImageSet = {
  count: 40,
  pixels: Uint8Array.from({ length: 40 * 3_072 }, (_, i) => (i * 131) % 256),
  labels: Uint8Array.from({ length: 40 }, (_, i) => i % 10),
};

/** Twelve epochs of four steps over forty images. */
export function toyLoop(
  folder: string,
  stage: Stage,
  options: { readonly epochs?: number; readonly seed?: number; readonly batchSize?: number } = {},
): Promise<readonly EpochRecord[]> {
  return trainLoop({
    stage,
    images,
    batchSize: 12,
    augmentation: { cropPadding: 4, flipProbability: 0.5 },
    epochs: 12,
    seed: 7,
    folder,
    clock: () => performance.now(),
    ...options,
  });
}
