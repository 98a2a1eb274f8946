/** What is said of the published numbers, counted in the table itself. */
import assert from "node:assert/strict";
import { frameRows, loadReference, PUBLISHED_METRICS } from "@/table/mod.ts";

const benchmark = await loadReference();

/** How many of `values` are whole multiples of 1/`steps`, to a millionth of a step. */
const onGrid = (values: Float64Array, steps: number) =>
  values.filter((v) => Math.abs(v * steps - Math.round(v * steps)) < 1e-6).length;

Deno.test("metrics without a time are means of 25 evaluations: a grid of 1/2500 %, no coarser one", () => {
  const untimed = PUBLISHED_METRICS.filter((metric) => !metric.includes("@"));
  const counts = untimed.map((metric) => onGrid(benchmark.accuracy(metric), 2_500));
  // Counted by an independent program in the pickle: 15,621 to 15,624 of 15,625.
  assert.deepEqual(counts, [15_623, 15_621, 15_622, 15_624, 15_624]);
  // One read-out of 10,000 images would lie on 1/100 %, five on 1/500 %.
  for (const metric of untimed) {
    assert.ok(onGrid(benchmark.accuracy(metric), 100) < 2_000, metric);
    assert.ok(onGrid(benchmark.accuracy(metric), 500) < 5_000, metric);
  }
});

Deno.test("values at times have two decimals but for 23 cells: 159 accuracies and 166 SDs have four", () => {
  const has = (decimals: number) => (value: number) => Number(value.toFixed(decimals)) === value;
  const cells = new Set<number>();
  let accuracies = 0, sds = 0;
  for (const metric of PUBLISHED_METRICS.filter((m) => m.includes("@"))) {
    benchmark.accuracy(metric).forEach((value, cell) => {
      assert.ok(has(4)(value));
      if (!has(2)(value)) accuracies += cells.add(cell) && 1;
    });
    benchmark.sd(metric)!.forEach((value, cell) => {
      if (!has(2)(value)) sds += cells.add(cell) && 1;
    });
  }
  assert.deepEqual([cells.size, accuracies, sds], [23, 159, 166]);
});

Deno.test("rows say so: 25 repeats, the crop of the test images among what differs, noise on crossbars", () => {
  const { frame } = benchmark;
  for (const [m, metric] of PUBLISHED_METRICS.entries()) {
    const [row] = frameRows(frame.slice(m * 15_625 + 7, 1));
    assert.equal(row.metric, metric);
    assert.equal(row.repeats, 25);
    const digital = /^(baseline|ptq|qat)$/.test(metric);
    const noise = digital ? "" : "read_and_output_noise+";
    assert.equal(row.repeat_varies, `${noise}test_augmentation`);
    assert.deepEqual([row.simulator, row.device], digital ? [null, null] : ["aihwkit", "pcm"]);
  }
});
