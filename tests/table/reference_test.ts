import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  frameRows,
  loadReference,
  PUBLISHED_METRICS,
  REFERENCE,
  sha256,
} from "../../src/table/mod.ts";
import golden from "../golden/table/table.json" with { type: "json" };

const benchmark = await loadReference();

const digest = (values: Float64Array) =>
  createHash("sha256").update(new Uint8Array(values.slice().buffer)).digest("hex");

Deno.test("every published double is there bit for bit, as Python reads the pickle", () => {
  for (const metric of PUBLISHED_METRICS) {
    const expected = golden.metrics[metric];
    assert.equal(digest(benchmark.accuracy(metric)), expected.accuracy_digest, metric);
    const sd = benchmark.sd(metric);
    assert.equal(sd === null ? null : digest(sd), expected.sd_digest, `${metric} SD`);
  }
});

Deno.test("single values stand at their cell_index", () => {
  for (const cell of golden.cells) {
    for (const [metric, value] of Object.entries(cell.accuracy_pct)) {
      assert.equal(benchmark.accuracy(metric as "hwt")[cell.cell_index], value, metric);
    }
  }
});

Deno.test("the frame holds the same numbers as tidy rows", () => {
  const { frame } = benchmark;
  assert.equal(frame.height, 203_125);
  // Row 11 * 15625 + 117 is hwt@1d of (0,0,0,4,3,2): 85.64 +- 0.69 in the published package.
  assert.deepEqual(frameRows(frame.slice(11 * 15_625 + 117, 1)), [{
    space: "nas_bench_201",
    arch_str:
      "|skip_connect~0|+|skip_connect~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_1x1~1|nor_conv_3x3~2|",
    cell_index: 117,
    condition: "hwt",
    t_inference_s: 86400,
    metric: "hwt@1d",
    repeat: null,
    seed: 0,
    protocol: "as_published",
    simulator: "aihwkit",
    device: "pcm",
    source: "published",
    config_id: "published",
    accuracy_pct: 85.64,
    accuracy_sd_pct: 0.69,
    repeats: 25,
    repeat_varies: "read_and_output_noise+test_augmentation",
  }]);
});

Deno.test("the committed file has the checksum that the code and data/README.md state", async () => {
  assert.equal(sha256(await Deno.readFile(REFERENCE.path)), REFERENCE.sha256);
  assert.match(await Deno.readTextFile("data/README.md"), new RegExp(REFERENCE.sha256));
});
