/** Stored and new runs stand in one file, whichever metrics each of them asked. */
import assert from "node:assert/strict";
import { joinRuns, keptRuns } from "@/search/mod.ts";

Deno.test("a run that never asked a proxy joins one that did: each keeps the metrics it asked", () => {
  const stored = keptRuns({
    method: "successive_halving",
    guide: "own_method@2d",
    queries: 2,
    seeds: [7],
    cells: Uint16Array.of(3, 4),
    visible: ["own_method@2d"],
    metrics: Uint8Array.of(0, 0),
  }, 2);
  const visible = ["baseline", "hwt", "own_method@2d"];
  const fresh = { visible, cells: Uint16Array.of(5, 6), metrics: Uint8Array.of(1, 2) };
  const joined = joinRuns("successive_halving", "own_method@2d", new Map([...stored, [2, fresh]]));
  assert.deepEqual(joined.seeds, [2, 7]);
  assert.deepEqual(Array.from(joined.cells), [5, 6, 3, 4]);
  assert.deepEqual(
    Array.from(joined.metrics!, (place) => joined.visible[place]),
    ["hwt", "own_method@2d", "own_method@2d", "own_method@2d"],
  );
  // the guide is the dearest, which readings of the incumbent count on
  assert.deepEqual(joined.visible, visible);
});
