import { InputError } from "../input_error.ts";
import { permutation, type Prng } from "../random.ts";
import { CLASSES } from "./cifar10.ts";
import { type ImageSet, subset } from "./image_set.ts";

/**
 * Sets `count` images aside, equally many of each class, drawn with `random`; both parts keep the order
 * of the archive. `count` = 0 leaves all images in training.
 *
 * @param classes how many there are, labels from 0
 */
export function splitValidation(
  images: ImageSet,
  count: number,
  random: Prng,
  classes: number = CLASSES.length,
): { readonly train: ImageSet; readonly validation: ImageSet } {
  const perClass = count / classes;
  if (!Number.isInteger(perClass) || count > images.count) {
    throw new InputError(`Cannot set ${count} of ${images.count} images aside in equal classes.`);
  }
  const taken = new Uint8Array(images.count), seen = new Uint32Array(classes);
  for (const i of permutation(images.count, random)) {
    if (seen[images.labels[i]]++ < perClass) taken[i] = 1;
  }
  const indices = Array.from(taken.keys());
  return {
    train: subset(images, indices.filter((i) => !taken[i])),
    validation: subset(images, indices.filter((i) => taken[i])),
  };
}
