/**
 * The epoch loop that baseline training, QAT and hardware-aware training share. It knows batches,
 * checkpoints, resuming, records and progress; what a step does is the stage's.
 */
import { wholeNumber } from "../arguments.ts";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { writeFileAtomically } from "../atomic_write.ts";
import { type Batch, batches } from "../dataset/mod.ts";
import { InputError } from "../input_error.ts";
import { type Prng, prng, prngFromState } from "../random.ts";
import { type EpochRecord, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import type { Json } from "./differences.ts";
import type { ProtocolData } from "./protocol_data.ts";
import { withRunLock } from "./run_lock.ts";
import type { StoredTensors } from "./safetensors.ts";

/** A step's mean loss over the batch and its number of right predictions, both before the update. */
export interface StepResult {
  readonly loss: number;
  readonly correct: number;
}

/** Columns that a stage adds to an epoch's record, e.g. `test_accuracy_pct`. */
export type Evaluation = Readonly<Record<string, number>>;

/** One way of training: its step, its schedule, its state. */
export interface Stage {
  /** For labels of random streams and for messages, e.g. "baseline". */
  readonly name: string;
  /** Passes over the training images. */
  readonly epochs: number;
  /** All that the result depends on beside what the loop knows: recipe, cell, source weights, threads. */
  readonly identity: Json;
  /** Learning rate of `epoch` (0-based), asked once at its start. */
  learningRate(epoch: number): number;
  /**
   * One optimizer step. `random` belongs to the epoch: draw from it only what depends on nothing but
   * the order of steps.
   */
  step(
    batch: Batch,
    context: { readonly epoch: number; readonly learningRate: number; readonly random: Prng },
  ): StepResult | Promise<StepResult>;
  /** After an epoch: evaluates, advances the schedule; returns columns for the record. */
  endEpoch(epoch: number): Evaluation | Promise<Evaluation>;
  /** Weights, running statistics and optimizer state, copied out. */
  tensors(): StoredTensors;
  /** State that is no tensor. */
  state(): Json;
  /** Puts back what `tensors` and `state` once gave. */
  restore(tensors: StoredTensors, state: Json): void;
}

/** What is trained, for how long, and where it is kept. */
export interface LoopOptions {
  readonly stage: Stage;
  readonly data: Pick<ProtocolData, "train" | "augmentation">;
  readonly batchSize: number;
  readonly seed: number;
  /** Holds `checkpoint.safetensors` and `epochs.jsonl`; made where missing. One run at a time. */
  readonly folder: string;
  /** Milliseconds of a monotonic clock. */
  readonly clock: () => number;
  /** Called once the folder is this run's own and its checkpoint, if any, is accepted. */
  readonly onStart?: () => Promise<void>;
  /** Called after each step with the number of steps done since epoch 0. */
  readonly onProgress?: (done: number, note: string) => void;
}

/** Steps of an epoch. */
export const stepsPerEpoch = (images: number, batchSize: number): number =>
  Math.ceil(wholeNumber("images", images, 1) / wholeNumber("batchSize", batchSize, 1));

/** File name of a checkpoint in its run folder. */
export const CHECKPOINT = "checkpoint.safetensors";
/** File name of the record of finished epochs. */
export const RECORDS = "epochs.jsonl";

/**
 * Trains `stage` to its last epoch, from the folder's checkpoint where there is one. Killed at any moment
 * and called again, it ends with bit-equal tensors. Another number of TensorFlow's threads adds sums in
 * another order, so it gives other tensors; stages with tensors name it in their identity, and a checkpoint
 * of another number is refused. Returns the records of all epochs.
 *
 * Throws InputError for a batch larger than the data, a folder in use, a checkpoint of another run or a
 * damaged one, and a loss that is not finite: then the checkpoint of the last good epoch stays.
 */
export function trainLoop(options: LoopOptions): Promise<readonly EpochRecord[]> {
  const { data: { train }, batchSize, folder } = options;
  if (batchSize > train.count) {
    throw new InputError(
      `A batch of ${batchSize} is larger than the ${train.count} training images. ` +
        `Choose a smaller batch size.`,
    );
  }
  return withRunLock(folder, () => run(options));
}

async function run(options: LoopOptions): Promise<readonly EpochRecord[]> {
  const { stage, data: { train, augmentation }, batchSize, seed, folder } = options;
  const { epochs } = stage;
  const path = join(folder, CHECKPOINT);
  const identity: Json = {
    stage: stage.name,
    seed,
    epochs,
    images: train.count,
    batchSize,
    augmentation: { ...augmentation },
    settings: stage.identity,
  };
  const epochGenerator = (epoch: number) => prng(seed, `${stage.name}/epoch ${epoch}`);

  const found = await readCheckpoint(path, identity);
  if (found !== null) stage.restore(found.tensors, found.state);
  await options.onStart?.();
  let records = found?.records ?? [];
  let random = found === null ? epochGenerator(0) : prngFromState(found.generator);
  if (found !== null) await writeRecords(folder, records);

  for (let epoch = found?.epoch ?? 0; epoch < epochs; epoch++) {
    const record = await trainEpoch(options, epoch, random);
    records = [...records, record];
    random = epochGenerator(epoch + 1);
    const tensors = stage.tensors();
    refuseNonFinite(tensors, epoch, folder);
    await writeCheckpoint(path, {
      identity,
      epoch: epoch + 1,
      generator: random.state(),
      state: stage.state(),
      records,
      tensors,
    });
    await writeRecords(folder, records);
  }
  return records;
}

async function trainEpoch(
  options: LoopOptions,
  epoch: number,
  random: Prng,
): Promise<EpochRecord> {
  const { stage, data, batchSize, folder, clock, onProgress } = options;
  const { train, augmentation } = data;
  const steps = stepsPerEpoch(train.count, batchSize);
  const learningRate = stage.learningRate(epoch);
  const start = clock();
  let step = 0, loss = 0, correct = 0;
  for (const batch of batches(train, batchSize, augmentation, random)) {
    const result = await stage.step(batch, { epoch, learningRate, random });
    step++;
    if (!Number.isFinite(result.loss)) {
      const when = `at step ${step} of epoch ${epoch + 1}, learning rate ${learningRate}`;
      throw diverged(when, epoch, folder);
    }
    loss += result.loss * batch.count;
    correct += result.correct;
    onProgress?.(epoch * steps + step, `epoch ${epoch + 1} loss ${result.loss.toFixed(3)}`);
    await setImmediate(); // TensorFlow blocks: give timers and signals their turn
  }
  const seconds = (clock() - start) / 1_000;
  const evaluation = await stage.endEpoch(epoch);
  return {
    epoch: epoch + 1,
    loss: loss / train.count,
    train_accuracy_pct: (100 * correct) / train.count,
    learning_rate: learningRate,
    seconds,
    images_per_s: train.count / seconds,
    ...evaluation,
  };
}

/** A step may leave weights that are not finite although its loss was: they are not kept either. */
function refuseNonFinite(tensors: StoredTensors, epoch: number, folder: string): void {
  for (const [name, { data }] of Object.entries(tensors)) {
    if (data instanceof Float32Array && !data.every(Number.isFinite)) {
      throw diverged(`after epoch ${epoch + 1} (${name})`, epoch, folder);
    }
  }
}

/** @param epochs whole epochs done before */
function diverged(when: string, epochs: number, folder: string): InputError {
  const kept = epochs === 0
    ? "No epoch was finished, so there is no checkpoint"
    : `The checkpoint of epoch ${epochs} is kept: ${join(folder, CHECKPOINT)}`;
  return new InputError(
    `Training diverged: the loss or a weight is not finite ${when}. ${kept}. ` +
      `Lower the learning rate, and start in another folder.`,
  );
}

function writeRecords(folder: string, records: readonly EpochRecord[]): Promise<void> {
  const lines = records.map((record) => JSON.stringify(record) + "\n").join("");
  return writeFileAtomically(join(folder, RECORDS), lines);
}
