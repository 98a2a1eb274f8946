import assert from "node:assert/strict";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import {
  evenOrder,
  expectPlanned,
  fullSpacePlan,
  generalityPlan,
  parsePlan,
  replicationPlan,
  scalePlan,
} from "@/measure/mod.ts";
import { loadReference, readRows } from "@/table/mod.ts";

const folder = (study: string) => `data/measured/${study}`;
const committedPlan = async (study: string) =>
  parsePlan(await Deno.readTextFile(`${folder(study)}/plan.json`), "plan.json");
const committed = await committedPlan("replication"), scale = await committedPlan("scale");
const table = await loadReference();
const published = {
  baseline_pct: table.accuracy("baseline"),
  hwt30d_pct: table.accuracy("hwt@30d"),
};

Deno.test("every head of an even order is spread over the whole range", () => {
  assert.deepEqual(evenOrder(8), [0, 4, 2, 6, 1, 5, 3, 7]); // van der Corput: 0, 1/2, 1/4, 3/4, 1/8 ...
  assert.deepEqual(
    [...evenOrder(24)].sort((a, b) => a - b),
    Array.from({ length: 24 }, (_, i) => i),
  );
});

Deno.test("further families are none that the replication has, and a longer plan begins as a shorter one", () => {
  const plan = (families: number) => generalityPlan(published, 0, families).units;
  const three = plan(3), measured = new Set(committed.units.map(({ unit_id }) => unit_id));
  assert.equal(three.length, 15);
  assert.ok(three.every(({ unit_id }) => !measured.has(unit_id)));
  assert.deepEqual(plan(5).slice(0, 15), three);
  const { units } = JSON.parse(Deno.readTextFileSync(`${folder("generality")}/plan.json`));
  assert.deepEqual(units, plan(units.length / 5));
  // members of a family differ on the third edge, from input to output, in all five operations
  for (let family = 0; family < 3; family++) {
    const members = three.slice(5 * family, 5 * family + 5).map(({ unit_id }) => unit_id);
    assert.deepEqual(members.map((id) => id[2]).sort(), ["0", "1", "2", "3", "4"]);
    assert.equal(new Set(members.map((id) => id.slice(0, 2) + id.slice(3))).size, 1);
  }
});

Deno.test("the committed plans are those that the code makes, and their configs keep their hashes", () => {
  for (
    const [plan, stored] of [
      [replicationPlan(published, 0), committed],
      [scalePlan(published, 0), scale],
    ]
  ) {
    // The committed configs may lack settings that came later; what they resolve to is today's.
    const configs = Object.fromEntries(
      Object.entries(stored.configs).map(([name, config]) => [
        name,
        resolveConfig(config as PartialConfig),
      ]),
    );
    assert.deepEqual(plan, { ...stored, configs });
    for (const [name, config] of Object.entries(configs)) {
      assert.equal(configId(config), configId(stored.configs[name] as never));
    }
  }
  assert.equal(
    configId(resolveConfig(committed.configs.published as PartialConfig)),
    "0b9e088a5cf1",
  ); // as in the first committed rows
});

Deno.test("the study of scale changes one thing at a time, on cells whose noise between seeds is known", () => {
  const [small, longer, deeper, wider] = [
    committed.configs.published,
    scale.configs.longer,
    scale.configs.deeper,
    scale.configs.wider,
  ]
    .map((config) => resolveConfig(config as PartialConfig));
  const { training, qat, hwt, network } = small;
  assert.deepEqual(longer, {
    ...small,
    training: { ...training, epochs: 3 * training.epochs },
    qat: { ...qat, epochs: 3 * qat.epochs },
    hwt: { ...hwt, epochs: 3 * hwt.epochs },
  });
  assert.deepEqual(deeper, { ...small, network: { ...network, cellsPerStage: 3 } });
  assert.deepEqual(wider, { ...small, network: { ...network, channels: 16 } }); // as published
  const scales = Object.groupBy(scale.units, ({ config }) => config);
  for (const config of ["longer", "deeper", "wider"]) {
    assert.deepEqual(
      new Set(scales[config]!.map(({ cell_index }) => cell_index)),
      new Set(scale.units.map(({ cell_index }) => cell_index)),
    );
  }
  for (const { cell_index } of scale.units) {
    const seeds = committed.units.filter((unit) =>
      unit.cell_index === cell_index && unit.config === "published"
    );
    assert.equal(seeds.length, 3);
  }
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
  for (const plan of [committed, scale]) {
    const at = folder(plan.study), merged = await readRows(`${at}/rows.parquet`);
    const names = Array.from(Deno.readDirSync(`${at}/units`), ({ name }) => name);
    const units = plan.units.filter(({ unit_id }) => names.includes(unit_id));
    assert.equal(units.length, names.length, "no unit that the plan does not know");
    const rows = [];
    for (const unit of units) {
      const path = `${at}/units/${unit.unit_id}/rows.parquet`, own = await readRows(path);
      expectPlanned(own, plan, unit, path);
      assert.equal(own.length, 13);
      rows.push(...own);
    }
    assert.deepEqual(merged, rows);
  }
});
