import assert from "node:assert/strict";
import { openStudy, values } from "@/analyse/mod.ts";
import { sealed } from "@/paper/mod.ts";
import { OPERATIONS } from "@/space/mod.ts";
import { PUBLISHED_METRICS } from "@/table/mod.ts";
import functions from "../../golden/space/functions.json" with { type: "json" };
import { GOLDEN } from "../golden.ts";

const computed = values(await openStudy());

/** Keys that the manuscript, the README and other studies may count on. */
function* promisedKeys(): Generator<string> {
  yield* ["table.rows", "table.disconnected", "table.isomorphism_classes", "table.functions"];
  yield* ["hwt_gap.mean", "hwt_gap.median"];
  for (const c of ["hwt", "noisy"]) yield* [`drift_drop.${c}.mean`, `drift_drop.${c}.median`];
  for (const [i, m] of PUBLISHED_METRICS.entries()) {
    yield* [`mean.${m}`, `median.${m}`, `best.${m}`, `best.${m}.cell`];
    yield* [`noise_floor.${m}`, `noise_floor.nats_bench.${m}`];
    for (const other of PUBLISHED_METRICS.slice(i + 1)) yield `kendall.${m}~${other}`;
    for (const k of [10, 50, 100, 500, 1000]) yield `topk.${m}.${k}`;
    yield `kendall_above_90.${m}`;
  }
  for (const outcome of ["drift_drop.hwt", "drift_drop.noisy", "hwt@30d"]) {
    for (const operation of OPERATIONS.slice(1)) {
      for (const edge of [0, 1, 2, 3, 4, 5]) {
        const key = `matched.${outcome}.skip_minus.${operation}.edge${edge}`;
        yield* [key, `${key}.n`, `${key}.ci_low`, `${key}.ci_high`];
      }
    }
  }
  for (const m of ["baseline", "noisy", "hwt", "hwt@30d", "drift_drop.hwt"]) {
    for (const e of [0, 1, 2, 3, 4, 5]) {
      yield `anova.${m}.edge${e}`;
      for (const f of [0, 1, 2, 3, 4, 5].slice(e + 1)) yield `anova.${m}.pair${e}${f}`;
    }
  }
  for (const n of [10, 50, 100, 200, 500]) yield `random_search.hwt@1d.${n}`;
}

Deno.test("every promised key exists", () => {
  assert.deepEqual([...promisedKeys()].filter((key) => !(key in computed)), []);
});

Deno.test("of the promised keys numpy and SciPy computed all but two counts", () => {
  const alone = [...promisedKeys()].filter((key) => !(key in GOLDEN));
  const [bounds, counts] = [true, false].map((isBound) =>
    alone.filter((key) => /\.ci_(low|high)$/.test(key) === isBound)
  );
  assert.deepEqual(counts, ["table.rows", "table.functions"]);
  assert.equal(computed["table.rows"], 15_625 * 13);
  assert.equal(computed["table.functions"], functions.same_function.connected);
  assert.ok(bounds.length > 100);
  for (const bound of bounds) {
    const [, key, end] = bound.match(/^(.*)\.ci_(low|high)$/)!;
    const half = GOLDEN[`${key}.half`] as number, centre = GOLDEN[key] as number;
    const expected = end === "low" ? centre - half : centre + half;
    assert.ok(Math.abs(computed[bound] as number - expected) < 1e-9, bound);
  }
});

Deno.test("every value is text or a finite number", () => {
  const odd = Object.entries(computed)
    .filter(([, value]) => typeof value === "number" && !Number.isFinite(value));
  assert.deepEqual(odd, []);
});

Deno.test("values that numpy and SciPy computed too are the same, 1,000 and more", () => {
  const shared = Object.keys(computed)
    .filter((key) => key in GOLDEN && !/^retest|\.se$/.test(key));
  assert.ok(shared.length > 1000, `only ${shared.length} keys in common`);
  for (const key of shared) {
    const [actual, expected] = [computed[key], GOLDEN[key]];
    if (typeof expected === "string") assert.equal(actual, expected, key);
    else {assert.ok(
        Math.abs((actual as number) - expected) < 1e-9,
        `${key}: ${actual}, ${expected}`,
      );}
  }
});

Deno.test("the committed values are those that the code computes", async () => {
  const committed = JSON.parse(await Deno.readTextFile("paper/values.json"));
  assert.deepEqual(committed, sealed(computed));
});
