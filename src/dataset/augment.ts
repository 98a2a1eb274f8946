/**
 * From bytes to network input: random crop, random flip, normalisation, in one pass over typed arrays.
 *
 * Padding is zero before normalisation, as in torchvision's RandomCrop followed by Normalize: a padded
 * pixel becomes -mean / sd.
 */
import { permutation, type Prng } from "../random.ts";
import { CIFAR10_SIZE, type ImageSet, type ImageSize, valuesOf } from "./image_set.ts";
import { imageWriter } from "./write_image.ts";

/** What is done to an image at random. */
export interface Augmentation {
  /** Zero pixels around the image before a window of its size is cut out at a random place. */
  readonly cropPadding: number;
  /** Chance of a horizontal flip. */
  readonly flipProbability: number;
}

/** Network input with labels. */
export interface Batch {
  /**
   * [count, height, width, channels], normalised. Valid until the next batch is asked for: the array is used
   * again.
   */
  readonly images: Float32Array;
  /** That of CIFAR-10 where it is not given. */
  readonly size?: ImageSize;
  /** [count], from 0. */
  readonly labels: Uint8Array;
  readonly count: number;
}

/** Batches of all images in the order `order`, augmented where asked; the last one takes what is left. */
function* inOrder(
  set: ImageSet,
  order: ArrayLike<number>,
  batchSize: number,
  augmentation: Augmentation | null,
  random: Prng | null,
): Generator<Batch> {
  const { size = CIFAR10_SIZE } = set, values = valuesOf(size), write = imageWriter(set);
  const buffer = new Float32Array(Math.min(batchSize, set.count) * values);
  for (let first = 0; first < order.length; first += batchSize) {
    const count = Math.min(batchSize, order.length - first);
    const labels = new Uint8Array(count);
    for (let k = 0; k < count; k++) {
      const index = order[first + k];
      labels[k] = set.labels[index];
      if (augmentation === null || random === null) {
        write(buffer, k * values, index);
      } else {
        const { cropPadding, flipProbability } = augmentation;
        const dx = random.integer(2 * cropPadding + 1) - cropPadding;
        const dy = random.integer(2 * cropPadding + 1) - cropPadding;
        const flip = random.uniform() < flipProbability;
        write(buffer, k * values, index, dx, dy, flip);
      }
    }
    yield { images: buffer.subarray(0, count * values), size, labels, count };
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
