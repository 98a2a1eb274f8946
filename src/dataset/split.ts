import { permutation, type Prng } from "../random.ts";
import { CLASSES, IMAGE_VALUES, type ImageSet } from "./cifar10.ts";

/** Mean of red, green and blue over the training images, on the scale 0..1; four digits as published. */
export const CHANNEL_MEAN = [0.4914, 0.4822, 0.4465] as const;
/** Standard deviation likewise. */
export const CHANNEL_SD = [0.247, 0.2435, 0.2616] as const;

/**
 * Sets `count` images aside, equally many of each class, drawn with `random`; both parts keep the order
 * of the archive. `count` = 0 leaves all images in training.
 */
export function splitValidation(
  images: ImageSet,
  count: number,
  random: Prng,
): { readonly train: ImageSet; readonly validation: ImageSet } {
  const perClass = count / CLASSES.length;
  if (!Number.isInteger(perClass) || count > images.count) {
    throw new RangeError(`Cannot set ${count} of ${images.count} images aside in equal classes.`);
  }
  const taken = new Uint8Array(images.count), seen = new Uint32Array(CLASSES.length);
  for (const i of permutation(images.count, random)) {
    if (seen[images.labels[i]]++ < perClass) taken[i] = 1;
  }
  const indices = Array.from(taken.keys());
  return {
    train: subset(images, indices.filter((i) => !taken[i])),
    validation: subset(images, indices.filter((i) => taken[i])),
  };
}

/** The images at `indices`, in that order, as a copy. */
export function subset(images: ImageSet, indices: ArrayLike<number>): ImageSet {
  const pixels = new Uint8Array(indices.length * IMAGE_VALUES),
    labels = new Uint8Array(indices.length);
  for (let k = 0; k < indices.length; k++) {
    const i = indices[k];
    pixels.set(images.pixels.subarray(i * IMAGE_VALUES, (i + 1) * IMAGE_VALUES), k * IMAGE_VALUES);
    labels[k] = images.labels[i];
  }
  return { pixels, labels, count: indices.length };
}
