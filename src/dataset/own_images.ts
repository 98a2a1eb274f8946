/** Images of the user's own: arrays by name become sets of images, or one message says why not. */
import { InputError } from "../input_error.ts";
import { type ImageSet, type ImageSize, valuesOf } from "./image_set.ts";

/** Numbers with their shape, row-major. */
export interface ImageArray {
  readonly shape: readonly number[];
  readonly data:
    | Uint8Array
    | Int8Array
    | Uint16Array
    | Int16Array
    | Uint32Array
    | Int32Array
    | BigInt64Array
    | BigUint64Array
    | Float32Array
    | Float64Array;
}

/** Training and test images. */
export interface ImageSets {
  /** Without images where only test images are given. */
  readonly train: ImageSet;
  readonly test: ImageSet;
}

/** Where the colours stand in `[count, ...]`: behind the pixels, or before them. */
export const LAYOUTS = ["NHWC", "NCHW"] as const;
/** One of them. */
export type Layout = (typeof LAYOUTS)[number];

/** Numbers of colours by which the layout is recognised. */
const COLOURS = [1, 3];
/** Labels are kept as bytes. */
const MOST_CLASSES = 256;

/** `32x32x3`: height, width, colours. */
export const sizeText = ({ height, width, channels }: ImageSize): string =>
  `${height}x${width}x${channels}`;

/**
 * The images in `arrays`: `test_images` and `test_labels`, or `images` and `labels`, are the test images,
 * `train_images` and `train_labels` those for training. Images are `[count, height, width, colours]`,
 * `[count, colours, height, width]` or `[count, height, width]`, as bytes or as numbers from 0 to 1.
 *
 * @param source names the arrays' origin in messages
 * @param layout where it cannot be told from the shape
 * Throws InputError for a missing array and for one of a wrong dtype, shape, count or range.
 */
export function ownImages(
  arrays: Readonly<Record<string, ImageArray>>,
  source: string,
  layout?: Layout,
): ImageSets {
  const prefix = "test_images" in arrays ? "test_" : "";
  const read = (prefix: string) => {
    const [images, labels] = ["images", "labels"].map((name) => {
      const array = arrays[prefix + name];
      if (array !== undefined) return array;
      throw new InputError(
        `${source} holds no ${prefix}${name}. It wants images and labels of the test set, and ` +
          `train_images and train_labels where something is trained or calibrated; it holds ` +
          `${Object.keys(arrays).join(", ") || "no arrays"}.`,
      );
    });
    return imageSet(images, labels, `${source}, ${prefix}images`, layout);
  };
  const test = read(prefix), hasTraining = "train_images" in arrays || "train_labels" in arrays;
  if (!hasTraining) {
    return {
      train: { ...test, pixels: new Uint8Array(0), labels: new Uint8Array(0), count: 0 },
      test,
    };
  }
  const train = read("train_"), [a, b] = [train.size!, test.size!];
  if (sizeText(a) !== sizeText(b)) {
    throw new InputError(
      `${source}: training images have ${sizeText(a)}, test images ${
        sizeText(b)
      }. Give both one size.`,
    );
  }
  return { train, test };
}

function imageSet(
  images: ImageArray,
  labels: ImageArray,
  what: string,
  layout: Layout | undefined,
): ImageSet {
  const { size, isChannelsFirst } = sizeOf(images.shape, what, layout);
  const [count] = images.shape, pixels = pixelsOf(images.data, what);
  if (count === 0) throw new InputError(`${what} holds no image.`);
  return {
    pixels: isChannelsFirst ? channelsLast(pixels, count, size) : pixels,
    labels: labelsOf(labels, count, what.replace(/images$/, "labels")),
    count,
    size,
  };
}

function sizeOf(shape: readonly number[], what: string, layout: Layout | undefined) {
  const [, a, b, c] = shape;
  if (shape.length === 3) {
    return { size: { height: a, width: b, channels: 1 }, isChannelsFirst: false };
  }
  if (shape.length !== 4) {
    throw new InputError(
      `${what} has the shape [${shape}]; images are [count, height, width, colours], with the colours ` +
        `second, or without them.`,
    );
  }
  const isFirst = COLOURS.includes(a), isLast = COLOURS.includes(c);
  if (layout === undefined && isFirst === isLast) {
    throw new InputError(
      `${what} has the shape [${shape}], in which the colours cannot be told: say --layout NHWC or ` +
        `--layout NCHW.`,
    );
  }
  const isChannelsFirst = layout === undefined ? isFirst : layout === "NCHW";
  const [height, width, channels] = isChannelsFirst ? [b, c, a] : [a, b, c];
  return { size: { height, width, channels }, isChannelsFirst };
}

/** Bytes as they are, others as float32 from 0 to 1. */
function pixelsOf(data: ImageArray["data"], what: string): Uint8Array | Float32Array {
  if (data instanceof Uint8Array) return data;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) {
    throw new InputError(
      `${what} has the dtype of ${data.constructor.name}; pixels are uint8, or float32 from 0 to 1. ` +
        `Convert it and save it again.`,
    );
  }
  const pixels = data instanceof Float32Array ? data : Float32Array.from(data);
  let low = Infinity, high = -Infinity;
  for (const value of pixels) {
    if (Number.isNaN(value)) throw new InputError(`${what} holds numbers that are none (NaN).`);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low >= 0 && high <= 1) return pixels;
  throw new InputError(
    `${what} goes from ${low} to ${high}; as floats, pixels go from 0 to 1. ` +
      (low >= 0
        ? "Divide it by 255, or save it as uint8."
        : "Save it before it is normalised: the network's own normalisation is said to import-onnx, with " +
          "--mean and --std."),
  );
}

/** [count, colours, height, width] with the colours last. */
function channelsLast<T extends Uint8Array | Float32Array>(
  pixels: T,
  count: number,
  size: ImageSize,
): T {
  const { channels } = size, values = valuesOf(size), plane = values / channels;
  const moved = pixels.slice() as T;
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < channels; c++) {
      for (let p = 0; p < plane; p++) {
        moved[i * values + p * channels + c] = pixels[i * values + c * plane + p];
      }
    }
  }
  return moved;
}

function labelsOf({ shape, data }: ImageArray, count: number, what: string): Uint8Array {
  if (shape.length !== 1 || shape[0] !== count) {
    throw new InputError(
      `${what} has the shape [${shape}] beside ${count} images: one whole number an image is wanted.`,
    );
  }
  const numbers = Array.from(data as ArrayLike<number | bigint>, Number);
  const wrong = numbers.find((n) => !(Number.isInteger(n) && n >= 0 && n < MOST_CLASSES));
  if (wrong !== undefined) {
    throw new InputError(
      `${what} holds the label ${wrong}; labels are whole numbers from 0, at most ${MOST_CLASSES} classes.`,
    );
  }
  return Uint8Array.from(numbers);
}
