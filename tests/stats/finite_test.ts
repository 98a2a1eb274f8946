/** What is no number is refused by every statistic, or dropped where that is asked for by name. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "@/input_error.ts";
import * as stats from "@/stats/mod.ts";
import { loadReference } from "@/table/mod.ts";
import { assertGolden } from "../analyse/golden.ts";

/** Every statistic as a function of one list of three or more numbers. */
const OF_ONE_LIST: Readonly<Record<string, (x: number[]) => unknown>> = {
  mean: stats.mean,
  summarize: stats.summarize,
  studentInterval: stats.studentInterval,
  standardError: stats.standardError,
  denseRanks: (x) => stats.denseRanks(x),
  topK: (x) => stats.topK(x, 1),
  expectedBest: (x) => stats.expectedBest(x, 1),
  holm: stats.holm,
  factorialAnova: (x) => stats.factorialAnova(x.slice(0, 4), 2, 2),
  kendallMatrix: (x) => stats.kendallMatrix([x.map((_, i) => i), x]),
  spearmanMatrix: (x) => stats.spearmanMatrix([x, x.map((_, i) => i)]),
  matchedMean: (x) => stats.matchedMean(x, [[0, 1, 2, 3], [0, 0, 1, 1]]),
  influenceInterval: (x) => stats.influenceInterval(0, x, x.map((_, i) => i)),
};

/** Every statistic of pairs. */
const OF_PAIRS: Readonly<Record<string, (x: number[], y: number[]) => unknown>> = {
  kendallTauB: stats.kendallTauB,
  spearman: stats.spearman,
  kendallInfluence: stats.kendallInfluence,
  kendallInterval: (x, y) => stats.kendallInterval(x, y, x.map((_, i) => i)),
  comparePaired: stats.comparePaired,
  meanInterval: stats.meanInterval,
  medianInterval: stats.medianInterval,
  ratioInterval: (x, y) => stats.ratioInterval(x, y, x.map((_, i) => i)),
  topKOverlap: (x, y) => stats.topKOverlap(x, y, 1),
  paretoFront: (x, y) => stats.paretoFront(x, y, Int32Array.from(x.keys())),
  hypervolume: (x, y) =>
    stats.hypervolume([0, 1], {
      gain: Float64Array.from(x),
      cost: Float64Array.from(y),
      reference: { gain: 0, cost: 9 },
    }),
};

const BAD = [null, undefined, NaN, Infinity, -Infinity, 3n, "4"] as unknown as number[];

/** A list with one value that is no finite number, and its place. */
const spoiled = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(...BAD)).map(
  ([place, value]) => [[4, 1, 3, 2].with(place, value), place, value] as const,
);

Deno.test("a value that is no finite number is refused by every statistic, and its place is named", () => {
  fc.assert(fc.property(spoiled, ([list, place]) => {
    for (const [name, statistic] of Object.entries(OF_ONE_LIST)) {
      assert.throws(() => statistic(list), (error: Error) => {
        assert.ok(error instanceof InputError, `${name}: ${error.stack}`);
        return error.message.includes(`[${place}] is `) && error.message.includes(name);
      }, name);
    }
  }));
});

Deno.test("so does every statistic of pairs, on either side", () => {
  fc.assert(fc.property(spoiled, ([list, place, value]) => {
    for (const [name, statistic] of Object.entries(OF_PAIRS)) {
      // a typed array turns null into 0 and refuses a BigInt before the statistic sees it
      if (name === "hypervolume" && !(typeof value === "number")) continue;
      for (const [x, y] of [[list, [1, 2, 3, 4]], [[1, 2, 3, 4], list]]) {
        assert.throws(() => statistic(x, y), (error: Error) => {
          assert.ok(error instanceof InputError, `${name}: ${error.stack}`);
          return error.message.includes(`[${place}] is `);
        }, name);
      }
    }
  }));
});

Deno.test("lists of unequal length are refused, and both lengths named", () => {
  for (const [name, statistic] of Object.entries(OF_PAIRS)) {
    if (name === "topKOverlap") continue; // two rankings of their own
    assert.throws(() => statistic([1, 2, 3], [1, 2]), /not 3 and 2 values/, name);
  }
  assert.throws(() => stats.kendallMatrix([[1, 2], [1, 2], [1, 2, 3]]), /column 2 has 3/);
  assert.throws(() => stats.spearmanMatrix([[1, 2], [1]]), /column 1 has 1/);
});

Deno.test("the message says which list, where, and what stands there", () => {
  const withNull = [null, 1, 2] as unknown as number[];
  assert.throws(() => stats.kendallTauB(withNull, [1, 2, 3]), /kendallTauB: x\[0\] is null/);
  const withBig = [1, 2n, 3] as unknown as number[];
  assert.throws(() => stats.spearman([1, 2, 3], withBig), /spearman: y\[1\] is the BigInt 2n/);
});

Deno.test("dropping pairs equals leaving them out by hand; an infinite value is not missing", () => {
  const x = [1, null, 3, 2, NaN, 5], y = [2, 5, 1, null, 4, 9];
  for (const statistic of [stats.kendallTauB, stats.spearman]) {
    assert.equal(statistic(x, y, { missing: "drop" }), statistic([1, 3, 5], [2, 1, 9]));
  }
  const dropped = stats.comparePaired(x, y, { missing: "drop" });
  assert.deepEqual(dropped, stats.comparePaired([1, 3, 5], [2, 1, 9]));
  assert.throws(
    () => stats.kendallTauB([1, Infinity, 3], [1, 2, 3], { missing: "drop" }),
    /x\[1\]/,
  );
  assert.throws(() => stats.kendallTauB([1, null], [2, 3], { missing: "drop" }), /not 1 and 1/);
});

Deno.test("tau-b of accuracy and SD over the rows that have both equals SciPy's", async () => {
  const frame = (await loadReference()).frame;
  const [accuracy, sd] = ["accuracy_pct", "accuracy_sd_pct"].map((name) =>
    frame.getColumn(name).toArray() as (number | null)[]
  );
  assertGolden("kendall_accuracy_sd", stats.kendallTauB(accuracy, sd, { missing: "drop" }), 1e-12);
  assertGolden("spearman_accuracy_sd", stats.spearman(accuracy, sd, { missing: "drop" }), 1e-9);
  assert.throws(() => stats.kendallTauB(accuracy, sd), /kendallTauB: y\[\d+\] is null/);
});
