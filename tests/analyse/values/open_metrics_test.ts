/** A condition and a time that no code names reach the values: each list of metrics is asked of the data. */
import assert from "node:assert/strict";
import { ranks, reproducibility } from "@/analyse/values/agreement.ts";
import type { Part } from "@/analyse/values/entry.ts";
import { counts, levels } from "@/analyse/values/levels.ts";
import { replicationValues } from "@/analyse/values/replication.ts";
import { searchValues } from "@/analyse/values/search.ts";
import { HISTORIES_FOLDER, readHistories, readMeasured } from "@/table/mod.ts";
import { KNOWN, OWN, studyWithOwnMetric } from "../../open_study.ts";

const study = await studyWithOwnMetric({
  measured: await readMeasured(),
  searches: [await readHistories(`${HISTORIES_FOLDER}/random_search.parquet`)],
});

/** The own metric's key for one of the known metric: a pair is named in the order of the table. */
const ownKey = (key: string) =>
  key.replace(
    new RegExp(`(${KNOWN})~([^.]+(?:@[^.]+)?)|${KNOWN}`),
    (_, first, second) => first === undefined ? OWN : `${second}~${OWN}`,
  );

/**
 * Every key of the known metric has a twin of the same value, to the last digits of a sum in another order;
 * of keys that `drawn` names, to the noise of what is drawn at random for each.
 */
function assertTwins(part: Part, drawn = /^$/) {
  const entries = new Map(part(study));
  const keys = [...entries.keys()].filter((key) => key.includes(KNOWN) && !key.includes(OWN));
  assert.ok(keys.length > 0);
  for (const key of keys) {
    const own = entries.get(ownKey(key)),
      known = entries.get(key),
      names = `${ownKey(key)}, ${key}`;
    if (typeof known === "string") assert.equal(own, known, names);
    else {
      const apart = Math.abs(Number(own) - known!), allowed = drawn.test(key) ? 0.01 : 1e-12;
      assert.ok(apart <= allowed * Math.max(1, Math.abs(known!)), `${names}: ${own}, ${known}`);
    }
  }
}

Deno.test("the counts are the table's", () => {
  const { "table.metrics": metrics, "table.rows": rows } = Object.fromEntries(counts(study));
  assert.deepEqual([metrics, rows], [14, 14 * 15_625]);
});

Deno.test("levels, best cells and the order of cells", () => {
  assertTwins(levels);
  assertTwins(ranks);
  // a metric and its twin order the cells alike
  assert.equal(study.kendall(KNOWN, OWN).estimate, 1);
});

Deno.test("noise floor, agreement with a repetition and what it allows", () => {
  assertTwins(reproducibility);
  const of = (metric: string) => study.retestCompetent.find((row) => row.metric === metric);
  assert.deepEqual(of(OWN)!.ceiling, of(KNOWN)!.ceiling);
});

Deno.test("searches without a guide are judged by it too", () => assertTwins(searchValues));

Deno.test("own measurements: agreement, effects of hardware and of the protocol", () => {
  // each ceiling is a mean over repetitions with noise drawn for the metric
  assertTwins(replicationValues, /^replication\.ceiling/);
});
