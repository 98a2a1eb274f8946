/**
 * A checkpoint is one safetensors file: tensors as data, everything else as JSON in its metadata. One
 * file is one rename, so that a kill at any moment leaves the old checkpoint or the new one.
 */
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import { differences, type Json } from "./differences.ts";
import { decodeSafetensors, encodeSafetensors, type StoredTensors } from "./safetensors.ts";

/** What one epoch did. Stages add what they evaluate, e.g. `test_accuracy_pct`. */
export interface EpochRecord {
  /** 1-based. */
  readonly epoch: number;
  /** Mean over the training images. */
  readonly loss: number;
  readonly train_accuracy_pct: number;
  readonly learning_rate: number;
  /** Wall time of the training steps, without evaluation. */
  readonly seconds: number;
  readonly images_per_s: number;
  readonly [evaluated: string]: number;
}

/** All that a run needs to go on as if it had never stopped. */
export interface Checkpoint {
  /** All that a run depends on, e.g. stage, seed, images, recipe: it goes on only where all of it is equal. */
  readonly identity: Json;
  /** Epochs done. */
  readonly epoch: number;
  /** State of the generator of the next epoch. */
  readonly generator: readonly number[];
  /** The stage's own state that is no tensor, e.g. of a plateau schedule. */
  readonly state: Json;
  readonly records: readonly EpochRecord[];
  /** Weights, running statistics and optimizer state. */
  readonly tensors: StoredTensors;
}

const FORMAT = "analognas-lab checkpoint 3";

/** Writes `checkpoint` to `path` atomically. Throws InputError where that is not possible. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { tensors, ...rest } = checkpoint;
  const metadata = { format: FORMAT, run: JSON.stringify(rest) };
  await writeFileAtomically(path, encodeSafetensors(tensors, metadata));
}

/**
 * The checkpoint at `path`, or null where there is none. With `identity`, a checkpoint of another run is
 * refused. Throws InputError for another identity, naming the differences, and for a file that is damaged
 * or cannot be read.
 */
export async function readCheckpoint(path: string, identity?: Json): Promise<Checkpoint | null> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw new InputError(
      `Cannot read the checkpoint ${path}: ${
        (error as Error).message
      }. Make it readable, or remove ` +
        `it to start again.`,
    );
  }
  const { tensors, metadata } = decodeSafetensors(bytes, path, "Remove it to start again.");
  if (metadata.format !== FORMAT) {
    throw new InputError(
      `${path} is no checkpoint: its format is ${
        metadata.format ?? "not stated"
      }, not "${FORMAT}". ` +
        `Remove it to start again.`,
    );
  }
  const checkpoint: Checkpoint = { ...JSON.parse(metadata.run), tensors };
  if (identity !== undefined) {
    const differing = differences(checkpoint.identity, identity);
    if (differing.length > 0) {
      throw new InputError(
        `${path} belongs to another run: ${differing.join("; ")}. Choose another folder, or the ` +
          `settings that it was started with.`,
      );
    }
  }
  return checkpoint;
}
