/** Literals: SciPy 1.17.1 (`stats.kendalltau`, `stats.spearmanr`) where no other source is named. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { denseRanks, ranksAt } from "@/stats/dense_ranks.ts";
import { kendallMatrix, kendallTauB, spearman } from "@/stats/rank.ts";
import { topK, topKOverlap, topKOverlapCurve } from "@/stats/top_k.ts";

/** Two lists of 2..60 small integers: many ties. */
const pairs = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })), {
  minLength: 2,
  maxLength: 60,
}).map((rows) => [rows.map((r) => r[0]), rows.map((r) => r[1])] as const);

/** Tau-b straight from Kendall's definition, over all pairs. */
function quadraticTauB(x: readonly number[], y: readonly number[]): number {
  let [score, untiedX, untiedY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const [sx, sy] = [Math.sign(x[i] - x[j]), Math.sign(y[i] - y[j])];
      score += sx * sy;
      untiedX += Math.abs(sx);
      untiedY += Math.abs(sy);
    }
  }
  return score / Math.sqrt(untiedX * untiedY);
}

const close = (a: number, b: number, tolerance = 1e-12) =>
  assert.ok(Number.isNaN(b) ? Number.isNaN(a) : Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

Deno.test("tau-b and Spearman with ties equal SciPy's", () => {
  const x = [12, 2, 1, 12, 2], y = [1, 4, 7, 1, 0];
  close(kendallTauB(x, y), -0.4714045207910316);
  close(spearman(x, y), -0.5407380704358752);
  const u = [1, 1, 2, 3, 3, 3, 4, 9], v = [2, 1, 2, 2, 5, 5, 4, 4];
  close(kendallTauB(u, v), 0.5107539184552492);
  close(spearman(u, v), 0.6496947077223686);
});

Deno.test("tau-b equals the quadratic definition, ties included", () => {
  fc.assert(fc.property(pairs, ([x, y]) => {
    const tau = quadraticTauB(x, y), longer = [x, y].map((list) => [...list, ...list, ...list]);
    close(kendallTauB(x, y), tau);
    if (x.length > 1) close(kendallMatrix([x, y])[0][1], tau); // lists of any length ranked
    close(kendallTauB(longer[0], longer[1]), quadraticTauB(longer[0], longer[1]));
  }));
});

Deno.test("doubles of any size and sign are ranked as their differences say, ties by index", () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  const special = fc.constantFrom(0, -0, 5e-324, -5e-324, 1, 1 + 2 ** -52, -1e308, 2 ** 53);
  fc.assert(fc.property(fc.array(fc.oneof(double, special), { maxLength: 300 }), (x) => {
    const { rank, order, counts } = denseRanks(x), values = [...new Set(x.map((v) => v + 0))];
    const smaller = (i: number) => values.filter((v) => v < x[i]).length;
    assert.deepEqual(Array.from(rank), x.map((_, i) => smaller(i)));
    assert.deepEqual(Array.from(order), [...x.keys()].sort((a, b) => x[a] - x[b] || a - b));
    assert.deepEqual(Array.from(counts), values.map((_, r) => rank.filter((v) => v === r).length));
  }));
});

Deno.test("ranks of some values, taken from those of all, are those of the values alone", () => {
  const chosen = fc.array(fc.nat(59), { minLength: 2, maxLength: 80 }); // some twice
  fc.assert(fc.property(pairs, chosen, ([x], places) => {
    const indices = Int32Array.from(places, (place) => place % x.length);
    assert.deepEqual(ranksAt(denseRanks(x), indices), denseRanks(Array.from(indices, (i) => x[i])));
  }));
});

Deno.test("tau-b is symmetric, odd, and blind to increasing maps", () => {
  fc.assert(fc.property(pairs, ([x, y]) => {
    const tau = kendallTauB(x, y);
    close(kendallTauB(y, x), tau);
    close(kendallTauB(x.map((v) => -v), y), -tau);
    close(kendallTauB(x.map((v) => Math.exp(v / 3)), y), tau);
  }));
});

Deno.test("tau-b stays the same when both lists are shuffled alike", () => {
  fc.assert(fc.property(pairs, fc.infiniteStream(fc.double({ noNaN: true })), ([x, y], keys) => {
    const order = x.map((_, i) => [keys.next().value as number, i]).sort((a, b) => a[0] - b[0]);
    close(kendallTauB(order.map(([, i]) => x[i]), order.map(([, i]) => y[i])), kendallTauB(x, y));
  }));
});

Deno.test("the matrix holds the tau of every pair", () => {
  const columns = [[1, 2, 3, 3], [2, 1, 4, 4], [4, 3, 2, 1]];
  const tau = kendallMatrix(columns);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) close(tau[i][j], quadraticTauB(columns[i], columns[j]));
  }
});

Deno.test("a constant list has no tau; unequal lengths and NaN are errors", () => {
  assert.ok(Number.isNaN(kendallTauB([1, 1, 1], [1, 2, 3])));
  assert.throws(() => kendallTauB([1, 2], [1, 2, 3]), /not 2 and 3/);
  assert.throws(() => kendallTauB([1, NaN], [1, 2]), /NaN/);
});

Deno.test("top k takes the smaller index among ties", () => {
  assert.deepEqual([...topK([5, 7, 7, 9, 7], 3)], [3, 1, 2]);
  assert.equal(topKOverlap([5, 7, 7, 9, 7], [0, 0, 9, 1, 8], 3), 2);
  assert.throws(() => topK([1, 2], 3), /1 to 2, not 3/);
});

Deno.test("the overlap curve holds the overlap of every k", () => {
  fc.assert(fc.property(pairs, ([x, y]) => {
    const curve = topKOverlapCurve(x, y, x.length);
    for (let k = 1; k <= x.length; k++) assert.equal(curve[k - 1], topKOverlap(x, y, k));
  }));
});
