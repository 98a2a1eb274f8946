/** CIFAR-10 out of the official binary archive (`cifar-10-batches-bin`), unpacked by the user. */
import { join } from "node:path";
import { InputError } from "../input_error.ts";

const FILES = [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`).concat("test_batch.bin");
const IMAGES = 10_000, PLANE = 1_024, RECORD = 1 + 3 * PLANE;

/**
 * Reads `data_batch_1.bin` ... `test_batch.bin` in `folder` or in its `cifar-10-batches-bin`. A record is
 * a label byte, then the red, green and blue planes.
 * Returns the labels of 60,000 images, then their pixels. Throws InputError for a missing or truncated file.
 */
export async function fromBinaryArchive(folder: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(FILES.length * IMAGES * RECORD);
  for (const [sheet, name] of FILES.entries()) {
    const file = await readSheet(folder, name);
    for (let i = 0; i < IMAGES; i++) {
      const image = sheet * IMAGES + i, record = i * RECORD;
      bytes[image] = file[record];
      const out = FILES.length * IMAGES + image * 3 * PLANE;
      for (let p = 0; p < PLANE; p++) {
        for (let c = 0; c < 3; c++) bytes[out + 3 * p + c] = file[record + 1 + c * PLANE + p];
      }
    }
  }
  return bytes;
}

async function readSheet(folder: string, name: string): Promise<Uint8Array> {
  for (const path of [join(folder, name), join(folder, "cifar-10-batches-bin", name)]) {
    let file: Uint8Array;
    try {
      file = await Deno.readFile(path);
    } catch {
      continue;
    }
    if (file.length === IMAGES * RECORD) return file;
    throw new InputError(
      `${path} is truncated or no CIFAR-10 file: ${file.length} bytes, not ${IMAGES * RECORD}. ` +
        `Unpack the archive again.`,
    );
  }
  throw new InputError(
    `No ${name} in ${folder}. --archive wants the folder of the unpacked binary archive of CIFAR-10.`,
  );
}
