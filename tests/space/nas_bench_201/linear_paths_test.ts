import assert from "node:assert/strict";
import {
  allCells,
  cellAt,
  inputGain,
  isConnected,
  linearPaths,
  skipPaths,
} from "../../../src/space/mod.ts";
import golden from "../../golden/space/linear_paths.json" with { type: "json" };

Deno.test("linear paths of 150 cells and their count over all equal a search of the graph", () => {
  for (const { cell_index, tuple, linear_paths, skip_paths, input_gain } of golden.rows) {
    const cell = cellAt(cell_index);
    assert.deepEqual([...cell], tuple);
    assert.deepEqual([linearPaths(cell), skipPaths(cell)], [linear_paths, skip_paths], `${cell}`);
    assert.ok(Math.abs(inputGain(cell) - input_gain) < 1e-12, `${cell}: ${inputGain(cell)}`);
  }
  const counts: Record<string, number> = {};
  for (const cell of allCells().filter(isConnected)) {
    counts[linearPaths(cell)] = (counts[linearPaths(cell)] ?? 0) + 1;
  }
  assert.deepEqual(counts, golden.connected_cells_by_linear_paths);
});
