/** Rows over time on hardware that only keeps book: which devices are programmed, what is read, how it is averaged. */
import assert from "node:assert/strict";
import type { MappedNetwork, Readout } from "@/analog/mod.ts";
import { loadBackend, type Tensor2D } from "@/backend.ts";
import { cellArchitecture } from "@/space/mod.ts";
import { resolveConfig } from "@/config.ts";
import type { ImageSet } from "@/dataset/mod.ts";
import { rowOf, timedRow } from "@/measure/mod.ts";
import { dataFor } from "@/train/mod.ts";

const backend = await loadBackend(), { tf } = backend, COUNT = 50;
const images: ImageSet = {
  pixels: new Uint8Array(COUNT * 3_072),
  labels: new Uint8Array(COUNT),
  count: COUNT,
};

/** Answers right on the first `right` of the images, on more with each read; notes seeds and times. */
function bookkeeper() {
  const programmed: number[] = [], reads: [event: number, t_s: number, seed: number][] = [];
  const noises: string[] = [];
  const readout = (right: number): Readout => ({
    logits(seed, label) {
      noises.push(`${seed} ${label}`);
      return {
        of: (x) =>
          tf.tensor2d(
            Array.from({ length: x.shape[0] }, (_, i) => i < right ? [1, 0] : [0, 1]),
          ) as Tensor2D,
        dispose() {},
      };
    },
  });
  const network: MappedNetwork = {
    ...readout(COUNT),
    program(seed) {
      programmed.push(seed);
      return {
        read(t_s, readSeed) {
          reads.push([seed, t_s, readSeed]);
          return readout(10 * reads.length);
        },
      };
    },
  };
  return { network, programmed, reads, noises };
}

function measured(repeatVaries: "programming" | "read_and_output_noise", times_s: number[]) {
  const config = resolveConfig({
    departures: { repeatVaries, augmentTest: false },
    measurement: { repeats: 3 },
  });
  const data = dataFor(config, { train: trainingSet(), test: images }, 0);
  const book = bookkeeper();
  const subject = { architecture: cellArchitecture(7_611), seed: 0, config, study: "test" };
  const work = { subject, backend, network: book.network, data, condition: "noisy" as const };
  return { ...book, rows: times_s.map((t_s) => timedRow(work, t_s)) };
}
/** Enough images of each class to hold the validation split out. */
function trainingSet(): ImageSet {
  const labels = Uint8Array.from({ length: 5_300 }, (_, i) => i % 10);
  return { pixels: new Uint8Array(labels.length * 3_072), labels, count: labels.length };
}
const distinct = (values: readonly unknown[]) => new Set(values.map(String)).size;

Deno.test("programming again: an event for each repeat, the same ones at every time", () => {
  const { programmed, reads } = measured("programming", [60, 3_600]);
  assert.equal(distinct(programmed.slice(0, 3)), 3);
  assert.deepEqual(programmed.slice(3), programmed.slice(0, 3));
  assert.deepEqual(reads.map(([event]) => event), programmed);
  assert.deepEqual(reads.map(([, t_s]) => t_s), [60, 60, 60, 3_600, 3_600, 3_600]);
});

Deno.test("as published: one event for all repeats and times", () => {
  const { programmed, reads } = measured("read_and_output_noise", [60, 3_600]);
  assert.equal(distinct(programmed), 1);
  assert.equal(distinct(reads.map(([event]) => event)), 1);
});

Deno.test("every read, and every evaluation, has noise of its own", () => {
  for (const varies of ["programming", "read_and_output_noise"] as const) {
    const { reads, noises } = measured(varies, [60, 3_600]);
    assert.equal(distinct(reads.map(([, , seed]) => seed)), 6);
    assert.equal(distinct(noises), 6);
  }
});

Deno.test("a row is the mean over repeats with the sample's deviation", () => {
  // 10, 20, 30 of 50 images right: 20, 40, 60 %; sd with n - 1 in the denominator is 20.
  const [row] = measured("programming", [60]).rows;
  assert.deepEqual([row.accuracy_pct, row.repeats], [40, 3]);
  assert.ok(Math.abs(row.accuracy_sd_pct! - 20) < 1e-12, `${row.accuracy_sd_pct}`);
  const subject = {
    architecture: cellArchitecture(0),
    seed: 0,
    config: resolveConfig(),
    study: "test",
  };
  assert.equal(rowOf(subject, "noisy", 60, [70]).accuracy_sd_pct, null);
});
