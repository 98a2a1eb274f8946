import assert from "node:assert/strict";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import {
  evenOrder,
  expectPlanned,
  fullSpacePlan,
  parsePlan,
  replicationPlan,
} from "@/measure/mod.ts";
import { loadReference, readRows } from "@/table/mod.ts";

const FOLDER = "data/measured/replication";
const committed = parsePlan(await Deno.readTextFile(`${FOLDER}/plan.json`), "plan.json");

Deno.test("every head of an even order is spread over the whole range", () => {
  assert.deepEqual(evenOrder(8), [0, 4, 2, 6, 1, 5, 3, 7]); // van der Corput: 0, 1/2, 1/4, 3/4, 1/8 ...
  assert.deepEqual(
    [...evenOrder(24)].sort((a, b) => a - b),
    Array.from({ length: 24 }, (_, i) => i),
  );
});

Deno.test("the committed plan is the one that the code makes, and its configs keep their hashes", async () => {
  const published = await loadReference();
  const plan = replicationPlan({
    baseline_pct: published.accuracy("baseline"),
    hwt30d_pct: published.accuracy("hwt@30d"),
  }, 0);
  // The committed configs may lack settings that came later; what they resolve to is today's.
  const configs = Object.fromEntries(
    Object.entries(committed.configs).map(([name, config]) => [
      name,
      resolveConfig(config as PartialConfig),
    ]),
  );
  assert.deepEqual(plan, { ...committed, configs });
  for (const [name, config] of Object.entries(configs)) {
    assert.equal(configId(config), configId(committed.configs[name] as never));
  }
  assert.equal(configId(configs.published), "0b9e088a5cf1"); // as in the first committed rows
});

Deno.test("the plan asks the study's questions", () => {
  const cells = new Set(committed.units.map(({ cell_index }) => cell_index));
  assert.ok(cells.size >= 32);
  const seeds = Map.groupBy(
    committed.units.filter(({ config }) => config === "published"),
    ({ cell_index }) => cell_index,
  );
  const threeSeeds = [...seeds.values()].filter((units) => units.length === 3);
  assert.ok(threeSeeds.length >= 6);
  assert.ok(threeSeeds.every((units) => new Set(units.map(({ seed }) => seed)).size === 3));
  assert.equal(fullSpacePlan().units.length, 15_625);
});

Deno.test("the committed rows are those of the committed units, each once", async () => {
  const merged = await readRows(`${FOLDER}/rows.parquet`);
  const names = Array.from(Deno.readDirSync(`${FOLDER}/units`), ({ name }) => name);
  const units = committed.units.filter(({ unit_id }) => names.includes(unit_id));
  assert.equal(units.length, names.length, "no unit that the plan does not know");
  const rows = [];
  for (const unit of units) {
    const path = `${FOLDER}/units/${unit.unit_id}/rows.parquet`, own = await readRows(path);
    expectPlanned(own, committed, unit, path);
    assert.equal(own.length, 13);
    rows.push(...own);
  }
  assert.deepEqual(merged, rows);
});
