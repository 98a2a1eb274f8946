import { type EpochRecord, type LoopOptions, stepsPerEpoch, trainLoop } from "../train/mod.ts";
import { withProgress } from "./progress.ts";

/** The epoch loop under a bar that counts steps. */
export function trainWithProgress(
  options: Omit<LoopOptions, "clock" | "onProgress">,
): Promise<readonly EpochRecord[]> {
  const { stage, data, batchSize } = options;
  const steps = stage.epochs * stepsPerEpoch(data.train.count, batchSize);
  return withProgress(
    "training",
    steps,
    (onProgress) => trainLoop({ ...options, clock: () => performance.now(), onProgress }),
  );
}
