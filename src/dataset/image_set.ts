import { wholeNumber } from "../arguments.ts";
/** Images with their labels, of any size, and how they are normalised. */

/** Pixels and colours of an image. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** That of CIFAR-10. */
export const CIFAR10_SIZE: ImageSize = { height: 32, width: 32, channels: 3 };

/** Images with their labels. */
export interface ImageSet {
  /**
   * [count, height, width, channels], row-major: the colours of a pixel stand together. Bytes from 0 to 255, or
   * numbers from 0 to 1.
   */
  readonly pixels: Uint8Array | Float32Array;
  /** [count], from 0. */
  readonly labels: Uint8Array;
  readonly count: number;
  /** That of CIFAR-10 where it is not given. */
  readonly size?: ImageSize;
}

/** Numbers of an image. */
export const valuesOf = ({ height, width, channels }: ImageSize): number =>
  height * width * channels;

/** Mean of red, green and blue over CIFAR-10's training images, on the scale 0..1; four digits as published. */
export const CHANNEL_MEAN = [0.4914, 0.4822, 0.4465] as const;
/** Standard deviation likewise. */
export const CHANNEL_SD = [0.247, 0.2435, 0.2616] as const;

/**
 * Mean and SD by which each colour of an image is normalised, on the scale 0..1: CIFAR-10's where there are
 * three; another number of colours is given to networks as it is.
 */
export function normalisationOf(channels: number): {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
} {
  wholeNumber("Channels of an image", channels, 1);
  if (channels === CHANNEL_MEAN.length) return { mean: CHANNEL_MEAN, sd: CHANNEL_SD };
  return { mean: new Array(channels).fill(0), sd: new Array(channels).fill(1) };
}

/** The images at `indices`, in that order, as a copy. */
export function subset(images: ImageSet, indices: ArrayLike<number>): ImageSet {
  for (const i of Array.from(indices)) wholeNumber("An image", i, 0, images.count - 1);
  const values = valuesOf(images.size ?? CIFAR10_SIZE), count = indices.length;
  const pixels = images.pixels instanceof Uint8Array
    ? new Uint8Array(count * values)
    : new Float32Array(count * values);
  const labels = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const i = indices[k];
    pixels.set(images.pixels.subarray(i * values, (i + 1) * values), k * values);
    labels[k] = images.labels[i];
  }
  return { ...images, pixels, labels, count };
}
