import assert from "node:assert/strict";
import fc from "fast-check";
import { kendallInfluence, kendallTauB } from "@/stats/mod.ts";
import { prng } from "@/random.ts";

Deno.test("without ties an influence is twice the share of concordant less discordant partners", () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 4, maxLength: 30 });
  fc.assert(fc.property(numbers, (x) => {
    const y = x.map((v) => v * 7919 % 10007); // another order, no ties below 10007
    const { tau, influence } = kendallInfluence(x, y);
    assert.equal(tau, kendallTauB(x, y));
    x.forEach((_, i) => {
      const score = x.reduce((s, v, j) => s + Math.sign(v - x[i]) * Math.sign(y[j] - y[i]), 0);
      assert.ok(Math.abs(influence[i] - 2 * (score / (x.length - 1) - tau)) < 1e-9);
    });
  }));
});

Deno.test("influences add up to 0 and tau-b is Kendall's, ties included", () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
    minLength: 4,
    maxLength: 50,
  });
  fc.assert(fc.property(rows, (list) => {
    const { tau, influence } = kendallInfluence(list.map((r) => r[0]), list.map((r) => r[1]));
    if (Number.isNaN(tau)) return;
    assert.equal(tau, kendallTauB(list.map((r) => r[0]), list.map((r) => r[1])));
    assert.ok(Math.abs(influence.reduce((a, b) => a + b)) < 1e-9);
  }));
});

Deno.test("an influence foretells what an observation counted once more does to tau-b", () => {
  const random = prng(4, "sample");
  // ties in x, a cloud of correlated points
  const x = Array.from({ length: 400 }, () => Math.round(4 * random.normal()));
  const y = x.map((v) => v + 5 * random.normal());
  const { tau, influence } = kendallInfluence(x, y);
  for (const i of [0, 57, 133, 399]) {
    // a copy is tied with its original: the first order holds up to terms of 1/n
    const change = (kendallTauB([...x, x[i]], [...y, y[i]]) - tau) * (x.length + 1);
    assert.ok(Math.abs(change - influence[i]) < 0.02, `${change} ${influence[i]}`);
  }
});
