/** Expected values worked out by hand on functions whose decomposition is known. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { factorialAnova } from "@/stats/functional_anova.ts";
import { allCells } from "@/space/mod.ts";

const functionalAnova = (y: ArrayLike<number>) => factorialAnova(y, 5, 6);

const close = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

Deno.test("an additive function has main effects only, in the ratio of their variances", () => {
  // edge 1 takes 0, 2, 4, 6, 8 (variance 8), edge 4 takes 0, 1, 2, 3, 4 (variance 2)
  const anova = functionalAnova(allCells().map((cell) => 10 + 2 * cell[1] + cell[4]));
  close(anova.mean, 16);
  close(anova.variance, 10);
  close(anova.mainShares[1], 0.8);
  close(anova.mainShares[4], 0.2);
  close(anova.mainShares[0], 0);
  assert.deepEqual(anova.effects[1].map((v) => Math.round(v * 1e9) / 1e9), [-4, -2, 0, 2, 4]);
});

Deno.test("a product of two centred edges is their interaction only", () => {
  const anova = functionalAnova(allCells().map((cell) => (cell[0] - 2) * (cell[5] - 2)));
  for (const share of anova.mainShares) close(share, 0);
  for (const { factors, share } of anova.pairShares) close(share, factors.join() === "0,5" ? 1 : 0);
  close(anova.orderShares[1], 1);
});

Deno.test("the product of three centred edges is an effect of the third order", () => {
  const y = allCells().map((cell) => (cell[0] - 2) * (cell[3] - 2) * (cell[5] - 2));
  close(functionalAnova(y).orderShares[2], 1);
});

Deno.test("shares are never negative, add up to 1, and survive scale and shift", () => {
  const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
    minLength: 5,
    maxLength: 40,
  });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 12 }), (list, step) => {
      // any list, repeated along the cells out of phase with the powers of 5
      const y = allCells().map((_, i) => list[(i * step + (i >> 3)) % list.length]);
      if (y.every((v) => Math.abs(v - y[0]) < 1e-3)) return;
      const anova = functionalAnova(y);
      for (const { share } of anova.pairShares) assert.ok(share > -1e-9);
      for (const share of [...anova.mainShares, ...anova.orderShares]) assert.ok(share > -1e-9);
      close(anova.orderShares.reduce((a, b) => a + b), 1);
      close(anova.mainShares.reduce((a, b) => a + b), anova.orderShares[0]);
      close(anova.pairShares.reduce((a, p) => a + p.share, 0), anova.orderShares[1]);
      const moved = functionalAnova(y.map((v) => 7 - 3 * v));
      moved.mainShares.forEach((share, e) => close(share, anova.mainShares[e], 1e-7));
    }),
    { numRuns: 10 },
  );
});

Deno.test("only the whole factorial is decomposed", () => {
  assert.throws(() => functionalAnova([1, 2, 3]), /15625 values, not 3/);
});
