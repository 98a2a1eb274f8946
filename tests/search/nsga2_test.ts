/** Two objectives on the published table: the front of a search that knows energies saves energy. */
import assert from "node:assert/strict";
import { hypervolume, mean } from "@/stats/mod.ts";
import { type MethodId, runSetting } from "@/search/mod.ts";
import { cellColumns, loadReference } from "@/table/mod.ts";

const benchmark = await loadReference();
const energy_uJ = cellColumns(benchmark).energy_uJ as Float64Array;
const gain = benchmark.accuracy("hwt@1d");
const objectives = { gain, cost: energy_uJ, reference: { gain: 80, cost: Math.max(...energy_uJ) } };

/** Mean hypervolume of accuracy against energy after 200 queries, over seeds. */
const covered = (method: MethodId) =>
  mean(Float64Array.from({ length: 20 }, (_, seed) => {
    const setting = { method, metric: "hwt@1d", queries: 200 } as const;
    return hypervolume(
      runSetting(setting, (metric) => benchmark.accuracy(metric), seed).cells,
      objectives,
    );
  }));

Deno.test("guided by energy NSGA-II covers more of accuracy against energy than chance", () => {
  const [energy, random] = (["nsga2_energy", "random_search"] as const).map(covered);
  assert.ok(energy > 1.03 * random, `${energy}, ${random}`);
});
