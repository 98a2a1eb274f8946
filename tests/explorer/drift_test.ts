/** Drift curves of own measurements, whose times no published metric has. */
import assert from "node:assert/strict";
import { driftCurves, measuredDrift, publishedDrift } from "@/explorer/drift.ts";
import type { Measurement } from "@/explorer/mod.ts";
import type { Benchmark } from "@/table/mod.ts";

const reading = (metric: string, accuracy_pct: number): Measurement => ({
  space: "nas_bench_201",
  network: "a cell",
  study: "devices",
  setting: "sonos",
  protocol: "corrected",
  memory: "crosssim sonos",
  metric,
  accuracy_pct,
  low_pct: accuracy_pct - 1,
  high_pct: accuracy_pct + 1,
  count: 25,
  varies: "programming",
});

Deno.test("a reading at once and one later than the last tick stand within the plot, in the order of time", () => {
  const readings = [reading("hwt@5d", 55), reading("hwt@0s", 60), reading("hwt@1d", 58)];
  const svg = driftCurves(measuredDrift(readings), "Test");
  const [left, right] = svg.match(/class="grid" d="M([\d.]+) [\d.]+H([\d.]+)"/)!.slice(1).map(
    Number,
  );
  const points = svg.match(/class="line"[^>]*d="M([^"]*)"/)![1].split("L")
    .map((point) => point.split(" ").map(Number));
  assert.equal(points.length, 3);
  assert.ok(points.flat().every(Number.isFinite), JSON.stringify(points));
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  assert.ok(left < xs[0] && xs[0] < xs[1] && xs[1] < xs[2] && xs[2] < right, xs.join());
  assert.ok(ys[0] < ys[1] && ys[1] < ys[2], ys.join());
  assert.doesNotMatch(svg, /NaN|Infinity/);
});

Deno.test("a band of no width lies on its curve, and there is none where no SD is known", () => {
  const table = (sd: Float64Array | null) =>
    ({
      metrics: ["hwt@60s"],
      accuracy: () => Float64Array.of(10),
      sd: () => sd,
    }) as unknown as Benchmark;
  const drawn = (sd: Float64Array | null) => publishedDrift(table(sd), 0, "hwt", "a").points;
  assert.deepEqual(drawn(Float64Array.of(0)), [{ x: 60, y: 10, low: 10, high: 10 }]);
  assert.deepEqual(drawn(null), [{ x: 60, y: 10, low: null, high: null }]);
});
