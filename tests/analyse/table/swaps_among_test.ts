/** Swaps among chosen cells: by hand over the pairs that are left. */
import assert from "node:assert/strict";
import { openStudy } from "@/analyse/mod.ts";
import { cellAt, cellIndex, isConnected } from "@/space/mod.ts";

const study = await openStudy();

Deno.test("a swap among chosen cells counts the pairs of which both are chosen", () => {
  const able = study.cells.where((cell) => cell.baseline > 90);
  const chosen = new Set(able.indices), hwt = study.benchmark.accuracy("hwt@1d");
  const differences = [...chosen].flatMap((index) => {
    const cell = cellAt(index);
    if (cell[2] !== 0 || !isConnected(cell)) return [];
    const other = cellIndex(cell.with(2, 1) as unknown as typeof cell);
    return chosen.has(other) ? [hwt[index] - hwt[other]] : [];
  });
  assert.ok(differences.length > 10 && differences.length < 3_125);
  const effect = study.swaps("hwt@1d", "skip_connect", "none", able)[2];
  assert.equal(effect.n, differences.length);
  const mean = differences.reduce((sum, d) => sum + d) / differences.length;
  assert.ok(Math.abs(effect.mean.estimate - mean) < 1e-9);
  assert.ok(
    study.swaps("hwt@1d", "skip_connect", "none")[2].n > effect.n,
    "all where none are named",
  );
});

Deno.test("an operation is named by number or by name", () => {
  assert.deepEqual(study.swaps("hwt", 0, 1), study.swaps("hwt", "skip_connect", "none"));
});
