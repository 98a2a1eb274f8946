/** One image as network input: moved, flipped, normalised. */
import { CIFAR10_SIZE, type ImageSet, normalisationOf, valuesOf } from "./image_set.ts";

/**
 * Writes image `index` at `offset`: shifted by (dx, dy) pixels (what moves in from outside is zero before
 * normalisation), flipped where asked.
 */
export type WriteImage = (
  out: Float32Array,
  offset: number,
  index: number,
  dx?: number,
  dy?: number,
  flip?: boolean,
) => void;

/** How the images of `set` are written. */
export function imageWriter({ pixels, size = CIFAR10_SIZE }: ImageSet): WriteImage {
  const { height, width, channels } = size, values = valuesOf(size), row = width * channels;
  const { mean, sd } = normalisationOf(channels);
  const isBytes = pixels instanceof Uint8Array;
  // A table for bytes: their 256 values are normalised once.
  const tables = mean.map((m, c) =>
    Float32Array.from({ length: isBytes ? 256 : 1 }, (_, byte) => (byte / 255 - m) / sd[c])
  );
  return (out, offset, index, dx = 0, dy = 0, flip = false) => {
    const step = flip ? -channels : channels;
    for (let y = 0; y < height; y++) {
      const sourceY = y + dy, isInsideY = sourceY >= 0 && sourceY < height;
      const source = index * values + sourceY * row;
      let at = offset + y * row + (flip ? row - channels : 0);
      for (let sourceX = dx; sourceX < dx + width; sourceX++, at += step) {
        const isInside = isInsideY && sourceX >= 0 && sourceX < width;
        for (let c = 0; c < channels; c++) {
          const value = isInside ? pixels[source + sourceX * channels + c] : 0;
          out[at + c] = isBytes ? tables[c][value] : (value - mean[c]) / sd[c];
        }
      }
    }
  };
}
