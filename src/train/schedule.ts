import { finiteNumber, wholeNumber } from "../arguments.ts";
/** Learning-rate schedules, as plain functions of what has happened so far. */

/**
 * Cosine annealing to zero: the learning rate of `epoch` (0-based) of `epochs`.
 * Source: Loshchilov & Hutter 2017 (SGDR), equation 5 without restarts, stepped once an epoch.
 */
export function cosine(initial: number, epoch: number, epochs: number): number {
  finiteNumber("The first learning rate", initial, 0);
  wholeNumber("The number of epochs", epochs, 1);
  finiteNumber("An epoch", epoch, 0, epochs);
  return initial * (1 + Math.cos((Math.PI * epoch) / epochs)) / 2;
}

/** Where a plateau schedule stands. */
export interface Plateau {
  readonly learningRate: number;
  /** Highest watched value so far; null before the first. */
  readonly best: number | null;
  /** Epochs since `best` rose. */
  readonly waited: number;
}

/** Relative rise that counts. Source: default of torch.optim.lr_scheduler.ReduceLROnPlateau. */
const THRESHOLD = 1e-4;

/**
 * The schedule after an epoch with the watched value `value`: when more than `patience` epochs in a row
 * brought no rise, the learning rate is multiplied by `factor`. PyTorch's ReduceLROnPlateau, mode max.
 */
export function afterEpoch(
  plateau: Plateau,
  value: number,
  { factor, patience }: { readonly factor: number; readonly patience: number },
): Plateau {
  finiteNumber("A watched value", value);
  const { learningRate, best, waited } = plateau;
  if (best === null || value > best * (1 + THRESHOLD)) {
    return { learningRate, best: value, waited: 0 };
  }
  if (waited < patience) return { learningRate, best, waited: waited + 1 };
  return { learningRate: learningRate * factor, best, waited: 0 };
}
