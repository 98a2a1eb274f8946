/** Clustered intervals against double loops over pairs and SciPy's t, see tests/golden/stats. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  comparePaired,
  groupDifference,
  holm,
  type Interval,
  jackknifeInterval,
  kendallTauB,
  matchedMean,
  mean,
  meanInterval,
  medianInterval,
  ratioInterval,
  studentInterval,
} from "@/stats/mod.ts";
import golden from "../golden/stats/stats.json" with { type: "json" };

const { value, weight, a, b } = golden;

function equal(actual: Interval, expected: Interval, tolerance = 1e-9) {
  for (const key of ["estimate", "low", "high"] as const) {
    const apart = Math.abs(actual[key] - expected[key]);
    assert.ok(apart < tolerance, `${key}: ${actual[key]} is not ${expected[key]}`);
  }
}

Deno.test("independent values: SciPy's t interval of the mean", () => {
  equal(studentInterval(value), golden.student);
});

Deno.test("clustered mean, ratio, difference and Cohen's d equal sums over all pairs of a cluster", () => {
  equal(meanInterval(value, a), golden.mean_by_a);
  equal(meanInterval(value, b), golden.mean_by_b);
  equal(ratioInterval(value, weight, a), golden.ratio_by_a);
  const group = (inFirst: boolean, clusters: readonly number[]) => {
    const members = [...value.keys()].filter((i) => (a[i] < 6) === inFirst);
    return { values: members.map((i) => value[i]), clusters: members.map((i) => clusters[i]) };
  };
  equal(groupDifference(group(true, b), group(false, b), false), golden.difference_by_b);
  const d = groupDifference(group(true, a), group(false, a), true);
  assert.ok(Math.abs(d.estimate - golden.cohen_d) < 1e-12);
  // its influence is a limit of many observations there, a derivative at sixty here
  equal(d, golden.cohen_d_by_a, 0.02 * (golden.cohen_d_by_a.high - golden.cohen_d_by_a.low));
});

Deno.test("matched differences take the largest of both one-way errors and the two-way one", () => {
  const { errors } = golden;
  assert.ok(errors.two_way > errors.b && errors.b > errors.a);
  assert.ok(Math.abs(matchedMean(value, [a, b]).error - errors.two_way) < 1e-12);
  assert.ok(Math.abs(matchedMean(value, [b, a]).error - errors.two_way) < 1e-12);
  // with both sides alike the two-way error is the one-way one
  assert.ok(Math.abs(matchedMean(value, [a, a]).error - errors.a) < 1e-12);
});

Deno.test("where pairs of clusters cancel, the two-way error does not make the interval narrower", () => {
  // every pair of clusters holds +1 and -1 twice over; one way they add up
  const d = [3, 3, -3, -3], first = [0, 0, 1, 1], second = [0, 0, 1, 1];
  const { error } = matchedMean(d, [first, second]);
  assert.ok(Math.abs(error - matchedMean(d, [first]).error) < 1e-12 && error > 0);
});

Deno.test("copies within a cluster add no evidence: the interval stays as it is", () => {
  const copied = [...value, ...value, ...value], clusters = [...a, ...a, ...a];
  equal(meanInterval(copied, clusters), meanInterval(value, a));
  equal(
    ratioInterval(copied, [...weight, ...weight, ...weight], clusters),
    ratioInterval(value, weight, a),
  );
});

Deno.test("one cluster alone has no interval", () => {
  const { low, high } = meanInterval([1, 2, 3], [7, 7, 7]);
  assert.deepEqual([low, high], [-Infinity, Infinity]);
});

Deno.test("the jackknife of a mean is Student's interval", () => {
  const own = jackknifeInterval(value.length, (kept) => mean(Array.from(kept, (i) => value[i])));
  equal(own, golden.student);
  const tau = jackknifeInterval(
    value.length,
    (kept) => kendallTauB(Array.from(kept, (i) => value[i]), Array.from(kept, (i) => weight[i])),
  );
  assert.ok(Math.abs(tau.estimate - golden.tau) < 1e-12);
});

Deno.test("the median's bounds are values of the sample around it", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2 }), (list) => {
    const { estimate, low, high } = medianInterval(list, list.map((_, i) => i));
    assert.ok(low <= estimate && estimate <= high);
    for (const bound of [estimate, low, high]) assert.ok(list.includes(bound));
  }));
});

Deno.test("Holm's correction and the signed-rank test equal SciPy's and the step-down by hand", () => {
  holm(golden.holm.p).forEach((p, k) => assert.ok(Math.abs(p - golden.holm.adjusted[k]) < 1e-12));
  const { difference, p } = comparePaired(value.slice(0, 30), value.slice(30).map((v) => v + 0.4));
  assert.ok(Math.abs(p - golden.wilcoxon_p) < 1e-9, `${p}`);
  assert.ok(Math.abs(difference.estimate - golden.paired_difference) < 1e-12);
  assert.ok(Math.abs(difference.high - difference.estimate - 1.96 * golden.paired_error) < 1e-12);
});

Deno.test("a matched mean has as much evidence as the side with fewer clusters", () => {
  // Two groups on one side, each its own on the other. Student's t of 0.975 with 1 degree of freedom is
  // tan(0.475 pi) = 12.7062.
  const differences = [1, 2, 4, 5, 3, 6], few = [0, 0, 0, 1, 1, 1], many = [0, 1, 2, 3, 4, 5];
  for (const sides of [[few, many], [many, few]]) {
    const { low, high, error } = matchedMean(differences, sides);
    const half = (high - low) / 2;
    assert.ok(Math.abs(half / error / Math.tan(0.475 * Math.PI) - 1) < 1e-9, `${half / error}`);
  }
});
