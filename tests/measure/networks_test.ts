/** The identity of networks of any space: units, rows, weight files, configs. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import { networkUnit, parsePlan, planUnit, rowOf, unitArchitecture } from "@/measure/mod.ts";
import { buildNetwork, initialState, networkFor, networkPlan } from "@/network/mod.ts";
import { cellArchitecture, parseArchitecture } from "@/space/mod.ts";
import { readRows, writeRows } from "@/table/mod.ts";
import { loadWeights, saveWeights } from "@/train/mod.ts";

const WRITTEN = "darts:31 30|20 31|20 31|30 22/00 01|22 00|00 22|22 10";
const TEXTS = ["resnet:1x4-1x8-1x16:B", "analognas:4:1x2w0.5,1x1w0.7", WRITTEN];
const folder = await Deno.makeTempDir({ prefix: "networks_test_" });

Deno.test("a plan holds networks of any space; a cell's unit is what it was", () => {
  const config = resolveConfig({ network: { space: "resnet" } });
  const units = TEXTS.map((text) => networkUnit(parseArchitecture(text), 1, "c", "trial"));
  assert.equal(units[0].unit_id, "resnet_1x4-1x8-1x16_B-s1-c");
  const cell = networkUnit(cellArchitecture(7_611), 1, "c", "trial");
  assert.deepEqual(cell, planUnit(7_611, 1, "c", "trial"));
  const plan = { version: 1, study: "trial", configs: { c: config }, units: [...units, cell] };
  const read = parsePlan(JSON.stringify(plan), "plan.json").units.map(unitArchitecture);
  assert.deepEqual(read.map(({ text }) => text).slice(0, 3), TEXTS);
  assert.deepEqual(read[3], cellArchitecture(7_611));
  const nameless = { ...plan, units: [{ ...units[0], architecture: undefined }] };
  const [unit] = parsePlan(JSON.stringify(nameless), "plan.json").units;
  assert.throws(() => unitArchitecture(unit), /names no network/);
});

Deno.test("rows carry space and canonical text, and are read back", async () => {
  const config = resolveConfig();
  const rows = TEXTS.map((text) =>
    rowOf(
      { architecture: parseArchitecture(text), seed: 0, config, study: "trial" },
      "noisy",
      60,
      [50, 52],
      "programming",
    )
  );
  assert.deepEqual(rows.map((row) => row.space), ["resnet", "analognas", "darts"]);
  assert.ok(rows.every(({ cell_index }) => cell_index === null));
  // By hand: edges sorted by input, and the node that reads nodes 0, 1 and skips first.
  assert.match(rows[2].arch_str, /^darts:20 31\|/);
  const path = join(folder, "rows.parquet");
  await writeRows(path, rows);
  assert.deepEqual((await readRows(path)).map((row) => row.arch_str), rows.map((r) => r.arch_str));
});

Deno.test("a weight file says its network, in the spelling that its names follow", async () => {
  for (const text of TEXTS) {
    const scale = text.startsWith("darts") ? { channels: 4, cellsPerStage: 1 } : {};
    const plan = buildNetwork(parseArchitecture(text), scale), state = initialState(plan, 0);
    const path = join(folder, "weights");
    await saveWeights(path, { plan, state, origin: { seed: "0" } });
    assert.deepEqual(await loadWeights(path), { plan, state, origin: { seed: "0" } });
    const other = networkPlan([2, 2, 2, 2, 2, 2], { channels: 4, cellsPerStage: 1 });
    await assert.rejects(loadWeights(path, other), /says that it holds another network/);
  }
});

Deno.test("a config is one space's, and NAS-Bench-201's keep their ids", () => {
  // The id of the default config as it was before there were other spaces.
  assert.equal(configId(resolveConfig()), "c6a09f4ac138");
  assert.equal(configId(resolveConfig({ network: { space: "nas_bench_201" } })), "c6a09f4ac138");
  assert.throws(
    () => resolveConfig({ network: { space: "resnet", channels: 8 } }),
    /network\.channels = 8: a network of resnet says its size in its text/,
  );
  const resnet = resolveConfig({ network: { space: "resnet" } });
  assert.equal(networkFor(resnet, parseArchitecture(TEXTS[0])).architecture.text, TEXTS[0]);
  assert.throws(
    () => networkFor(resolveConfig(), parseArchitecture(TEXTS[0])),
    /Set network\.space/,
  );
  const darts = resolveConfig({ network: { space: "darts" } });
  assert.deepEqual(darts.network, { space: "darts", channels: 36, cellsPerStage: 6 });
});
