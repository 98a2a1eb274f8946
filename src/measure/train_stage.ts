/** Training one stage of a measurement: the epoch loop in a folder of the stage's name. */
import { join } from "node:path";
import { type Config, protocolOf } from "../config.ts";
import { type LoopOptions, type Stage, stepsPerEpoch, trainLoop } from "../train/mod.ts";

export interface StageTraining extends Pick<LoopOptions, "data" | "seed" | "clock"> {
  readonly config: Config;
  /** Gets a folder for each stage, with its checkpoint and curve. */
  readonly folder: string;
  /** Called at each training step. */
  readonly onProgress?: ((note: string) => void) | undefined;
}

/** Trains `stage`; killed and called again it goes on from its last epoch. Throws InputError where it diverges. */
export async function trainStage(
  stage: Stage,
  { config, data, seed, folder, clock, onProgress }: StageTraining,
): Promise<void> {
  await trainLoop({
    stage,
    data,
    batchSize: config.training.batchSize,
    seed,
    folder: join(folder, stage.name),
    clock,
    onProgress: (_, note) => onProgress?.(`${stage.name} ${note}`),
  });
}

/** Training steps of an epoch of any stage. */
export function epochSteps(config: Config): number {
  const { training, measurement } = config;
  const images = Math.min(50_000 - protocolOf(config).validationImages, measurement.trainImages);
  return stepsPerEpoch(images, training.batchSize);
}
