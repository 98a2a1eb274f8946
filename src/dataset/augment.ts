/**
 * From bytes to network input: random crop, random flip, normalisation, in one pass over typed arrays.
 *
 * Padding is zero before normalisation, as in torchvision's RandomCrop followed by Normalize: a padded
 * pixel becomes -mean / sd.
 */
import { permutation, type Prng } from "../random.ts";
import { IMAGE_VALUES, type ImageSet } from "./cifar10.ts";
import { CHANNEL_MEAN, CHANNEL_SD } from "./split.ts";

/** What is done to an image at random. */
export interface Augmentation {
  /** Zero pixels around the image before a 32x32 window is cut out at a random place. */
  readonly cropPadding: number;
  /** Chance of a horizontal flip. */
  readonly flipProbability: number;
}

/** Network input with labels. */
export interface Batch {
  /** [count, 32, 32, 3], normalised. Valid until the next batch is asked for: the array is used again. */
  readonly images: Float32Array;
  /** [count], 0..9. */
  readonly labels: Uint8Array;
  readonly count: number;
}

const SIDE = 32, ROW = SIDE * 3;

/** Normalised value of each byte, per colour. */
const NORMALISED = CHANNEL_MEAN.map((mean, c) =>
  Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - mean) / CHANNEL_SD[c])
);

/**
 * Writes image `index` into `out` at `offset`: shifted by (dx, dy) pixels (what moves in from outside is
 * zero before normalisation), flipped where asked.
 */
export function writeInput(
  out: Float32Array,
  offset: number,
  pixels: Uint8Array,
  index: number,
  dx = 0,
  dy = 0,
  flip = false,
): void {
  const [red, green, blue] = NORMALISED;
  const step = flip ? -3 : 3;
  for (let y = 0; y < SIDE; y++) {
    const sourceY = y + dy;
    const inside = sourceY >= 0 && sourceY < SIDE;
    const source = index * IMAGE_VALUES + sourceY * ROW;
    let at = offset + y * ROW + (flip ? ROW - 3 : 0);
    for (let sourceX = dx; sourceX < dx + SIDE; sourceX++, at += step) {
      if (inside && sourceX >= 0 && sourceX < SIDE) {
        const from = source + sourceX * 3;
        out[at] = red[pixels[from]];
        out[at + 1] = green[pixels[from + 1]];
        out[at + 2] = blue[pixels[from + 2]];
      } else {
        out[at] = red[0];
        out[at + 1] = green[0];
        out[at + 2] = blue[0];
      }
    }
  }
}

/** Batches of all images in the order `order`, augmented where asked; the last one takes what is left. */
function* inOrder(
  set: ImageSet,
  order: ArrayLike<number>,
  batchSize: number,
  augmentation: Augmentation | null,
  random: Prng | null,
): Generator<Batch> {
  const buffer = new Float32Array(Math.min(batchSize, set.count) * IMAGE_VALUES);
  for (let first = 0; first < order.length; first += batchSize) {
    const count = Math.min(batchSize, order.length - first);
    const labels = new Uint8Array(count);
    for (let k = 0; k < count; k++) {
      const index = order[first + k];
      labels[k] = set.labels[index];
      if (augmentation === null || random === null) {
        writeInput(buffer, k * IMAGE_VALUES, set.pixels, index);
      } else {
        const { cropPadding, flipProbability } = augmentation;
        const dx = random.integer(2 * cropPadding + 1) - cropPadding;
        const dy = random.integer(2 * cropPadding + 1) - cropPadding;
        const flip = random.uniform() < flipProbability;
        writeInput(buffer, k * IMAGE_VALUES, set.pixels, index, dx, dy, flip);
      }
    }
    yield { images: buffer.subarray(0, count * IMAGE_VALUES), labels, count };
  }
}

/** One epoch of training batches: a new permutation, each image once, augmented. */
export function batches(
  set: ImageSet,
  batchSize: number,
  augmentation: Augmentation,
  random: Prng,
): Generator<Batch> {
  return inOrder(set, permutation(set.count, random), batchSize, augmentation, random);
}

/**
 * Batches in the set's own order. With `augmentation` the images are augmented all the same, as the
 * published script does with the test set.
 */
export function evaluationBatches(
  set: ImageSet,
  batchSize: number,
  augmentation: Augmentation | null = null,
  random: Prng | null = null,
): Generator<Batch> {
  const order = Uint32Array.from({ length: set.count }, (_, i) => i);
  return inOrder(set, order, batchSize, augmentation, random);
}
