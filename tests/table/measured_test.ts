import assert from "node:assert/strict";
import { configId } from "@/config_id.ts";
import { InputError } from "@/input_error.ts";
import { readMeasured, type Row, writeRows } from "@/table/mod.ts";
import { anchorRow, anchorRun } from "../anchor_rows.ts";

const configs = Object.fromEntries(
  [["short", 4], ["longer", 12]].map(([name, epochs]) => [
    name,
    anchorRun(String(name), Number(epochs), []).config,
  ]),
);
const rowOf = (name: string, accuracy_pct: number): Row => ({
  ...anchorRow("hwt", 60, accuracy_pct, 1),
  config_id: configId(configs[name]),
});

/** The anchor of a folder of studies that holds this plan and these rows. */
async function anchorOf(plan: object | null, rows: readonly Row[]) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/anchor`);
    if (plan !== null) await Deno.writeTextFile(`${folder}/anchor/plan.json`, JSON.stringify(plan));
    if (rows.length > 0) await writeRows(`${folder}/anchor/rows.parquet`, rows);
    return (await readMeasured(folder)).anchor;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a plan's configs come with their rows, and without any where none is measured", async () => {
  assert.deepEqual(await anchorOf(null, []), []);
  const bare = await anchorOf({ configs }, []);
  assert.deepEqual(bare.map(({ name, rows }) => [name, rows.length]), [["short", 0], [
    "longer",
    0,
  ]]);
  const [short, longer] = await anchorOf({ configs }, [rowOf("longer", 71)]);
  assert.deepEqual([short.rows.length, longer.rows.map((row) => row.accuracy_pct)], [0, [71]]);
  assert.deepEqual([short.config.training.epochs, longer.config.training.epochs], [4, 12]);
});

Deno.test("rows of a config that the plan has not, a wrong config and a missing plan are refused", async () => {
  const { longer, ...others } = configs;
  const one = [rowOf("longer", 71)];
  const refused = (plan: object | null, message: RegExp) =>
    assert.rejects(anchorOf(plan, one), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  await refused({ configs: others }, new RegExp(`plan.json has no config ${configId(longer)}`));
  await refused(
    { configs: { longer: { training: { epochs: -1 } } } },
    /config "longer" is not valid/,
  );
  await refused(null, /anchor\/plan\.json.*deno task plan anchor/s);
});
