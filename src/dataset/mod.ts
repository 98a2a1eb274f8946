/**
 * CIFAR-10 (Krizhevsky 2009) as bytes, images of the user's own, their splits, and seeded batches of network
 * input.
 *
 * Plain typed arrays in and out: the room knows no other room and no TensorFlow.
 */
export { type Batch, batches, evaluationBatches } from "./augment.ts";
export type { Augmentation } from "./augment.ts";
export { type ByteImages, CLASSES, loadCifar10 } from "./cifar10.ts";
export {
  CHANNEL_MEAN,
  CHANNEL_SD,
  CIFAR10_SIZE,
  type ImageSet,
  type ImageSize,
  normalisationOf,
  subset,
  valuesOf,
} from "./image_set.ts";
export {
  type ImageArray,
  type ImageSets,
  type Layout,
  LAYOUTS,
  ownImages,
  sizeText,
} from "./own_images.ts";
export { parseNpy } from "./npy.ts";
export { splitValidation } from "./split.ts";
export { imageWriter, type WriteImage } from "./write_image.ts";
