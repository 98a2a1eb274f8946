import assert from "node:assert/strict";
import {
  cellFeatures,
  featureProfile,
  functionalAnova,
  operationComposition,
  operationEffects,
  robustGroups,
} from "@/analyse/mod.ts";
import { loadReference } from "@/table/mod.ts";
import { assertGolden, GOLDEN } from "../golden.ts";

const benchmark = await loadReference();
const groups = robustGroups(benchmark);

Deno.test("operations per edge of robust and fragile cells are those that numpy counts", () => {
  assertGolden("robust.size", groups.robust.length);
  assert.equal(groups.competent.length, GOLDEN.above_90);
  for (
    const { group, edge, operation, cells, share } of operationComposition(groups)
  ) {
    if (group !== "competent") assertGolden(`robust.${group}.edge${edge}.${operation}`, cells);
    assert.ok(share.low <= share.estimate && share.estimate <= share.high);
  }
});

Deno.test("shares of an edge add up to 1 in every group", () => {
  const shares = operationComposition(groups);
  for (const [, members] of Map.groupBy(shares, (s) => `${s.group} ${s.edge}`)) {
    assert.ok(Math.abs(members.reduce((sum, s) => sum + s.share.estimate, 0) - 1) < 1e-12);
  }
});

Deno.test("operation effects are the ANOVA's, their intervals hold them", () => {
  const effects = operationEffects(benchmark, ["baseline", "hwt@1d"]);
  assert.equal(effects.length, 60);
  const exact = {
    baseline: functionalAnova(benchmark.accuracy("baseline")).effects,
    "hwt@1d": functionalAnova(benchmark.accuracy("hwt@1d")).effects,
  };
  for (const { outcome, edge, operation, effect } of effects) {
    const o = ["skip_connect", "none", "nor_conv_3x3", "nor_conv_1x1", "avg_pool_3x3"];
    const mean = exact[outcome as "hwt@1d"][edge][o.indexOf(operation)];
    assert.ok(Math.abs(effect.estimate - mean) < 1e-9);
    assert.ok(effect.low < effect.estimate && effect.estimate < effect.high);
  }
});

Deno.test("a profile covers all cells, in the order of the feature", () => {
  const { width } = cellFeatures();
  const profile = featureProfile(width, benchmark.accuracy("hwt"), groups.competent);
  assert.deepEqual(profile.map((step) => step.value), [1, 2, 3, 4]);
  assert.equal(profile.reduce((n, step) => n + step.n, 0), groups.competent.length);
  for (const { average, mean } of profile) {
    assert.ok(Math.abs(average.estimate - mean) < 1e-9);
    assert.ok(average.low < mean && mean < average.high);
  }
});
