import assert from "node:assert/strict";
import { RESNET_CONTRASTS } from "@/contrast/mod.ts";
import { resNetStudyPlan } from "@/measure/mod.ts";

Deno.test("the study of ResNets holds the pairs of its contrasts, which differ in what they name", () => {
  const { units } = resNetStudyPlan();
  assert.equal(units.length, 42);
  assert.equal(new Set(units.map(({ unit_id }) => unit_id)).size, 42);
  const seedsOf = (text: string) =>
    new Set(units.filter(({ architecture }) => architecture === text).map(({ seed }) => seed));
  const measured = RESNET_CONTRASTS.map(({ id, fewestPairs, pairs }) => {
    const seeds = pairs.map(([a, b]) => [...seedsOf(a).intersection(seedsOf(b))].length);
    assert.ok(seeds.every((n) => n > 0), id);
    const count = seeds.reduce((sum, n) => sum + n, 0);
    assert.ok(count >= fewestPairs, id);
    return [id, count];
  });
  // The numbers of the design: 24, 18, 12, 12 and 6 pairs.
  assert.deepEqual(measured.map(([, count]) => count), [24, 18, 12, 12, 6]);
  for (const [a, b] of RESNET_CONTRASTS[0].pairs) {
    assert.equal(b.split(":")[2], "none");
    assert.equal(a.split(":")[1], b.split(":")[1]);
  }
});
