/**
 * CIFAR-10 (Krizhevsky 2009) as bytes, its splits, and seeded batches of network input.
 *
 * Plain typed arrays in and out: the room knows no other room and no TensorFlow.
 */
export { type Batch, batches, evaluationBatches, writeInput } from "./augment.ts";
export type { Augmentation } from "./augment.ts";
export { CLASSES, type ImageSet, loadCifar10 } from "./cifar10.ts";
export { CHANNEL_MEAN, CHANNEL_SD, splitValidation, subset } from "./split.ts";
