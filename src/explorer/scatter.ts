/** A scatter of all cells into one image: numbers in, pixels out. */
import type { Column } from "./columns.ts";

/** Width and height of the image, px, and the rim that no point's middle enters. */
export const SIDE_PX = 400;
const RIM_PX = 6;

/** One axis: the ends of its column. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

export function scaleOf({ values }: Column): Scale {
  const low = values.reduce((a, b) => Math.min(a, b)),
    high = values.reduce((a, b) => Math.max(a, b));
  return { low, high: high > low ? high : low + 1 };
}

/** Distance of a value from the axis' low end, px. */
export const toPx = ({ low, high }: Scale, value: number) =>
  RIM_PX + (value - low) / (high - low) * (SIDE_PX - 2 * RIM_PX);

/** The value at a distance from the axis' low end, px. */
export function fromPx({ low, high }: Scale, px: number): number {
  return low + (px - RIM_PX) / (SIDE_PX - 2 * RIM_PX) * (high - low);
}

/** Number of the pixel of every cell, rows from the top [15625]. */
export function pixelsOf(x: Column, y: Column): Int32Array {
  const [across, up] = [scaleOf(x), scaleOf(y)];
  return Int32Array.from(x.values, (value, i) => {
    const column = Math.round(toPx(across, value));
    return (SIDE_PX - 1 - Math.round(toPx(up, y.values[i]))) * SIDE_PX + column;
  });
}

/** Colours of points as little-endian RGBA. */
export interface Inks {
  readonly rest: number;
  readonly chosen: number;
  /** Of every cell where points have colours of their own [15625]. */
  readonly own: Uint32Array | null;
}

/**
 * Paints into `image` [SIDE_PX * SIDE_PX], RGBA as 32-bit numbers: every cell a small dot, those chosen over
 * them as larger squares, so that size tells them apart and not colour alone. While all are chosen they are
 * dots.
 */
export function paint(
  image: Uint32Array,
  pixels: Int32Array,
  chosen: readonly number[],
  { rest, chosen: plain, own }: Inks,
): void {
  image.fill(0);
  const all = chosen.length === pixels.length;
  for (let i = 0; i < pixels.length; i++) {
    image[pixels[i]] = all && own !== null ? own[i] : rest;
  }
  if (all) return;
  for (const i of chosen) {
    const ink = own === null ? plain : own[i], at = pixels[i];
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) image[at + dy * SIDE_PX + dx] = ink;
    }
  }
}
