/** Training again what a changed protocol touches, from what a unit has trained already. */
import { convert, type Crossbars, hwtStage } from "../analog/mod.ts";
import type { ImageSet } from "../dataset/mod.ts";
import { stateHash } from "../network/mod.ts";
import { baselineStage, dataFor, type Stage, stateOf } from "../train/mod.ts";
import type { Subject } from "./cell_rows.ts";
import type { Trained } from "./measure_variant.ts";
import { epochSteps, trainStage } from "./train_stage.ts";
import type { Variant } from "./variants.ts";

export interface Retraining {
  readonly crossbars: Crossbars;
  readonly images: { readonly train: ImageSet; readonly test: ImageSet };
  readonly subject: Subject;
  /** As the unit trained it. */
  readonly trained: Trained;
  /** Keeps checkpoints; for this subject's config alone, one process at a time. */
  readonly folder: string;
  /** Milliseconds of a monotonic clock. */
  readonly clock: () => number;
  /** Called at each training step: `retrainingSteps` times where nothing was done before. */
  readonly onProgress?: (note: string) => void;
}

/**
 * The networks of `trained` with what `trains` names trained again under the subject's config. Killed and
 * called again it goes on from its last epoch. Throws InputError where training diverges.
 */
export async function retrain(
  trains: NonNullable<Variant["trains"]>,
  { crossbars, images, subject, trained, folder, clock, onProgress }: Retraining,
): Promise<Trained> {
  const { backend } = crossbars, { config, seed } = subject, { plan } = trained;
  const data = dataFor(config, images, seed);
  const train = (stage: Stage) =>
    trainStage(stage, { config, data, seed, folder, clock, onProgress });
  let { state } = trained;
  if (trains === "baseline_and_hwt") {
    const baseline = baselineStage({ backend, plan, config, data, seed });
    await train(baseline);
    state = stateOf(baseline.tensors());
  }
  const network = convert(plan, state, config.hardware);
  const hwt = hwtStage({ crossbars, network, config, data, seed, source: stateHash(state) });
  await train(hwt);
  return { plan, state, hwt: hwt.analog() };
}

/** Training steps of a variant. */
export function retrainingSteps({ config, trains }: Variant): number {
  if (trains === undefined) return 0;
  const { training, hwt } = config;
  return (hwt.epochs + (trains === "baseline_and_hwt" ? training.epochs : 0)) * epochSteps(config);
}
