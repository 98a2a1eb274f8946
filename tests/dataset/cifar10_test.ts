import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { loadCifar10 } from "../../src/dataset/mod.ts";
import { InputError } from "../../src/input_error.ts";

const { train, test } = await loadCifar10();

Deno.test("labels are those of the official archive", () => {
  // First ten of data_batch_1 and of test_batch in the archive of Krizhevsky 2009.
  assert.deepEqual([...train.labels.subarray(0, 10)], [6, 9, 9, 4, 1, 1, 2, 7, 8, 3]);
  assert.deepEqual([...test.labels.subarray(0, 10)], [3, 8, 8, 0, 6, 6, 1, 6, 3, 1]);
  for (const [set, each] of [[train, 5_000], [test, 1_000]] as const) {
    const counts = new Array(10).fill(0);
    for (const label of set.labels) counts[label]++;
    assert.deepEqual(counts, new Array(10).fill(each));
  }
});

Deno.test("mean and sd of each colour are the published ones", () => {
  const n = train.count * 1_024;
  const published = [[0.4914, 0.247], [0.4822, 0.2435], [0.4465, 0.2616]];
  for (const [c, [mean, sd]] of published.entries()) {
    let sum = 0, squares = 0;
    for (let i = c; i < train.pixels.length; i += 3) {
      const v = train.pixels[i] / 255;
      sum += v;
      squares += v * v;
    }
    assert(Math.abs(sum / n - mean) < 6e-5, `mean of colour ${c}: ${sum / n}`);
    const found = Math.sqrt(squares / n - (sum / n) ** 2);
    assert(Math.abs(found - sd) < 6e-5, `sd of colour ${c}: ${found}`);
  }
});

Deno.test("the official binary archive gives the same bytes; a broken one is refused", async (t) => {
  const folder = await Deno.makeTempDir();
  const sheet = (name: string, set: typeof train, first: number) => {
    // The official layout: label, then 1,024 red, 1,024 green and 1,024 blue bytes.
    const records = new Uint8Array(10_000 * 3_073);
    for (let i = 0, to = 0; i < 10_000; i++) {
      records[to++] = set.labels[first + i];
      for (let plane = 0; plane < 3; plane++) {
        const from = (first + i) * 3_072 + plane;
        for (let pixel = 0; pixel < 1_024; pixel++) records[to++] = set.pixels[from + 3 * pixel];
      }
    }
    return Deno.writeFile(join(folder, name), records);
  };
  try {
    for (let b = 0; b < 5; b++) await sheet(`data_batch_${b + 1}.bin`, train, b * 10_000);
    await sheet("test_batch.bin", test, 0);
    const cache = join(folder, "cache");
    await t.step("same bytes", async () => {
      const again = await loadCifar10(folder, cache);
      assert.equal(Buffer.compare(again.train.pixels, train.pixels), 0);
      assert.equal(Buffer.compare(again.test.labels, test.labels), 0);
    });
    const path = join(folder, "data_batch_3.bin"), whole = await Deno.readFile(path);
    await t.step("a truncated file is named", async () => {
      await Deno.writeFile(path, whole.subarray(0, 1_000_000));
      await refused(/data_batch_3\.bin is truncated.*1000000 bytes/);
    });
    await t.step("one altered byte is found", async () => {
      whole[20_000_000] ^= 1;
      await Deno.writeFile(path, whole);
      await refused(/does not hold the 60,000 images.*SHA-256/);
    });
    await t.step("a missing file is named", async () => {
      await Deno.remove(path);
      await refused(/No data_batch_3\.bin in/);
    });
    await t.step("a damaged cache is not used", async () => {
      const damaged = join(cache, "cifar10.bin");
      await Deno.truncate(damaged, 1_000);
      const { train: mended } = await loadCifar10(undefined, cache);
      assert.equal(Buffer.compare(mended.pixels, train.pixels), 0);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }

  async function refused(message: RegExp) {
    await assert.rejects(loadCifar10(folder, join(folder, "other")), (error) => {
      assert(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  }
});
