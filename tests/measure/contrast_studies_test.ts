import assert from "node:assert/strict";
import { configId } from "@/config_id.ts";
import {
  ANALOGNAS_CONTRASTS,
  type Contrast,
  DARTS_CONTRASTS,
  RESNET_CONTRASTS,
} from "@/contrast/mod.ts";
import { analogNasStudyPlan, dartsStudyPlan, type Plan, resNetStudyPlan } from "@/measure/mod.ts";
import { buildNetwork, planComplexity } from "@/network/mod.ts";
import { canonicalText, parseArchitecture } from "@/space/mod.ts";

/** Pairs of each contrast that the plan measures, each seed counted. */
function measured({ units }: Plan, contrasts: readonly Contrast[]): number[] {
  assert.equal(new Set(units.map(({ unit_id }) => unit_id)).size, units.length);
  const seedsOf = (text: string) =>
    new Set(units.filter(({ architecture }) => architecture === text).map(({ seed }) => seed));
  return contrasts.map(({ id, fewestPairs, pairs }) => {
    const seeds = pairs.map(([a, b]) => [...seedsOf(a).intersection(seedsOf(b))].length);
    assert.ok(seeds.every((n) => n > 0), id);
    const count = seeds.reduce((sum, n) => sum + n, 0);
    assert.ok(count >= fewestPairs, id);
    return count;
  });
}

Deno.test("the study of ResNets holds the pairs of its contrasts, and its config is that of its rows", () => {
  const plan = resNetStudyPlan();
  assert.equal(plan.units.length, 42);
  // The numbers of the design: 24, 18, 12, 12 and 6 pairs.
  assert.deepEqual(measured(plan, RESNET_CONTRASTS), [24, 18, 12, 12, 6]);
  for (const [a, b] of RESNET_CONTRASTS[0].pairs) {
    assert.equal(b.split(":")[2], "none");
    assert.equal(a.split(":")[1], b.split(":")[1]);
  }
  assert.equal(configId(plan.configs.corrected as never), "279de90519e6");
});

Deno.test("the study of AnalogNAS holds pairs that differ in branches, in width, in depth", () => {
  const plan = analogNasStudyPlan();
  assert.equal(plan.units.length, 24);
  assert.deepEqual(measured(plan, ANALOGNAS_CONTRASTS), [12, 6, 12, 6]);
  const macs = (text: string) => planComplexity(buildNetwork(parseArchitecture(text), {})).macs;
  const [branches, atEqualMacs] = ANALOGNAS_CONTRASTS.map(({ pairs }) => pairs);
  for (const [more, fewer] of branches) {
    const counts = [more, fewer].map((text) => text.match(/x(\d)w/g)!.map((m) => Number(m[1])));
    assert.ok(counts[0].every((n, group) => n === 2 * counts[1][group]));
    assert.equal(more.replaceAll(/x\dw/g, ""), fewer.replaceAll(/x\dw/g, ""));
  }
  for (const [two, one] of atEqualMacs) {
    const ratio = macs(two) / macs(one);
    assert.ok(ratio > 0.9 && ratio < 1.1, `${two} takes ${ratio} of the MACs of ${one}`);
  }
});

Deno.test("the study of DARTS cells holds six families that differ on one edge of the normal cell", () => {
  const plan = dartsStudyPlan();
  assert.equal(plan.units.length, 18);
  assert.deepEqual(measured(plan, DARTS_CONTRASTS), [6, 6, 6]);
  const counts = (text: string) =>
    Map.groupBy(text.split("/")[0].match(/\d\d/g)!, ([operation]) => operation);
  const difference = ([a, b]: readonly [string, string]) => {
    const [first, second] = [a, b].map(counts);
    return [..."0123456"].map((o) => (first.get(o)?.length ?? 0) - (second.get(o)?.length ?? 0));
  };
  // Digits of the operations: 1 average pooling, 2 skip, 3 separable 3x3.
  const expected = [[0, 0, 1, -1, 0, 0, 0], [0, -1, 1, 0, 0, 0, 0], [0, -1, 0, 1, 0, 0, 0]];
  DARTS_CONTRASTS.forEach(({ pairs }, c) => {
    for (const pair of pairs) {
      assert.deepEqual(difference(pair), expected[c]);
      assert.equal(pair[0].split("/")[1], pair[1].split("/")[1]);
    }
  });
});

Deno.test("the texts of every study are those that its rows will carry", () => {
  for (const contrasts of [RESNET_CONTRASTS, ANALOGNAS_CONTRASTS, DARTS_CONTRASTS]) {
    for (const text of contrasts.flatMap(({ pairs }) => pairs.flat())) {
      assert.equal(canonicalText(parseArchitecture(text)), text);
    }
  }
});
