import assert from "node:assert/strict";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { InputError } from "@/input_error.ts";
import { pairsForWidth } from "@/stats/mod.ts";

Deno.test("an SD of 1 and a width of 1 take 18 pairs: t of 17 degrees of freedom is 2.110, of 16 2.120", () => {
  // tables of Student's t: 2 x 2.110 / sqrt(18) = 0.995, 2 x 2.120 / sqrt(17) = 1.028
  assert.equal(pairsForWidth(1, 1), 18);
  assert.equal(pairsForWidth(10, 10), 18);
  assert.equal(pairsForWidth(0, 1), 2);
});

Deno.test("the number is the fewest: one pair less gives a wider interval", () => {
  const width = (sd: number, n: number) => 2 * tQuantile(0.975, n - 1) * sd / Math.sqrt(n);
  for (const sd of [0.8, 2.5, 7.9, 31]) {
    const n = pairsForWidth(sd, 1.7);
    assert.ok(width(sd, n) <= 1.7 && (n === 2 || width(sd, n - 1) > 1.7), `${sd}: ${n}`);
  }
});

Deno.test("no number of pairs gives an interval of no width", () => {
  assert.throws(() => pairsForWidth(1, 0), InputError);
});
