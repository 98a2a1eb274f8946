import assert from "node:assert/strict";
import { agreement, ownVerdicts, replicated, skipPairs, variantEffects } from "@/analyse/mod.ts";
import { prng } from "@/random.ts";
import { archStr, cellAt } from "@/space/mod.ts";
import { loadReference } from "@/table/mod.ts";
import { type Metric, metricParts, METRICS, type Row } from "@/table/schema.ts";

const published = await loadReference();

/** A row as a study measures it. */
const row = (
  cell_index: number,
  metric: Metric,
  accuracy_pct: number,
  change: Partial<Row> = {},
) => ({
  cell_index,
  arch_str: archStr(cellAt(cell_index)),
  ...metricParts(metric),
  repeat: null,
  seed: 0,
  protocol: "as_published",
  source: "replication",
  config_id: "default",
  accuracy_pct,
  accuracy_sd_pct: null,
  repeats: 1,
  repeat_varies: "none",
  ...change,
} as Row);

/** Rows of cells whose accuracy is `value(cell, metric)`. */
const rowsOf = (cells: readonly number[], value: (cell: number, metric: Metric) => number) =>
  cells.flatMap((cell) => METRICS.map((metric) => row(cell, metric, value(cell, metric))));

Deno.test("seeds are averaged, incomplete cells and other protocols left out", () => {
  const rows = [
    ...rowsOf([7_611], () => 60),
    ...METRICS.map((metric) => row(7_611, metric, 64, { seed: 1 })),
    row(5_000, "baseline", 70), // has one metric only
    ...METRICS.map((metric) => row(6_307, metric, 50, { protocol: "corrected" })),
  ];
  const data = replicated(rows, published);
  assert.deepEqual([...data.cells], [7_611]);
  assert.equal(data.measured.hwt[0], 62);
  assert.equal(data.published.hwt[0], published.accuracy("hwt")[7_611]);
  assert.equal(data.seededCells, 1);
  assert.ok(Math.abs(data.seedSd_pct.hwt! - Math.sqrt(8)) < 1e-12, "SD of 60 and 64, n - 1");
});

Deno.test("agreement is 1 with the published table itself and -1 with its opposite", () => {
  const cells = Array.from({ length: 40 }, (_, k) => 311 * k + 7_000 % 311 + 600);
  const same = (sign: number) =>
    replicated(rowsOf(cells, (cell, m) => 50 + sign * published.accuracy(m)[cell] / 2), published);
  for (const [sign, tau] of [[1, 1], [-1, -1]]) {
    for (const a of agreement(same(sign), published, prng(0, "test"))) {
      assert.equal(a.tau.estimate, tau, a.metric);
      assert.ok(Math.abs(a.tau.low - tau) < 0.02 && Math.abs(a.tau.high - tau) < 0.02);
      assert.ok(a.ceiling > 0.3 && a.ceiling < 1, `${a.metric}: noise leaves ${a.ceiling}`);
    }
  }
  const few = replicated(rowsOf(cells.slice(0, 3), (cell) => cell / 200), published);
  const [{ tau }] = agreement(few, published, prng(0, "test"));
  assert.deepEqual([tau.low, tau.high], [-1, 1], "three cells say nothing");
  assert.throws(() => agreement(replicated([], published), published, prng(0, "test")), RangeError);
});

Deno.test("matched pairs: the drop with skip less that with each other operation, by hand", () => {
  const base = 10_076; // (3,1,0,3,0,1): edge 2 counts 125 a step
  const cells = [0, 1, 2, 3, 4].map((operation) => base + 125 * operation);
  const drop = (cell: number) => (cell - base) / 125 * 2; // 0, 2, 4, 6, 8
  const rows = rowsOf(
    cells,
    (cell, m) => m === "hwt@60s" ? 80 : m === "hwt@30d" ? 80 - drop(cell) : 70,
  );
  const pairs = skipPairs(replicated(rows, published), "drift_drop.hwt");
  assert.deepEqual(pairs.map(({ other, measured }) => [other, measured]), [
    ["none", -2],
    ["nor_conv_3x3", -4],
    ["nor_conv_1x1", -6],
    ["avg_pool_3x3", -8],
  ]);
  assert.ok(pairs.every(({ edge, cell_index }) => edge === 2 && cell_index === base));
  const drops = (cell: number) =>
    published.accuracy("hwt@60s")[cell] - published.accuracy("hwt@30d")[cell];
  assert.equal(pairs[0].published, drops(cells[0]) - drops(cells[1]));
  const incomplete = replicated(rows.filter((r) => r.cell_index !== cells[4]), published);
  assert.deepEqual(skipPairs(incomplete, "drift_drop.hwt"), []);
});

Deno.test("verdicts of own measurements: clear, opposite, and too few", () => {
  const cells = Array.from({ length: 10 }, (_, k) => 9_000 + 17 * k);
  const verdict = (n: number, hwt: number) =>
    ownVerdicts(
      replicated(rowsOf(cells.slice(0, n), (_, m) => m === "hwt@1d" ? hwt : 60), published),
      prng(0, "test"),
    ).find(({ claim }) => claim === "hwt_closes_gap")!;
  assert.equal(verdict(10, 70).verdict, "supported");
  assert.equal(verdict(10, 70).effect.estimate, 10);
  assert.equal(verdict(10, 50).verdict, "not supported");
  assert.equal(verdict(5, 70).verdict, "too few cells");
});

Deno.test("a setting's effect is the mean paired change from the default", () => {
  const settings = [
    { setting: "default", value: "default", config_id: "default" },
    { setting: "adc_bits", value: 6, config_id: "six" },
  ];
  const rows = [1, 2, 3, 4].flatMap((k) => [
    row(k, "hwt@1d", 60 + k, { repeats: 3, accuracy_sd_pct: 1 }),
    row(k, "hwt@1d", 50 - k, { config_id: "six", repeats: 3, accuracy_sd_pct: 2 }),
  ]);
  const [reference, six] = variantEffects({ rows, settings }, ["hwt@1d"], prng(0, "test"));
  assert.deepEqual([reference.change.estimate, reference.tau, reference.sd_pct], [0, 1, 1]);
  // Changes are -12, -14, -16, -18: by hand.
  assert.equal(six.change.estimate, -15);
  assert.ok(six.change.low >= -18 && six.change.high <= -12 && six.change.low < six.change.high);
  assert.deepEqual([six.mean_pct, six.tau, six.sd_pct, six.cells], [47.5, -1, 2, 4]);
});
