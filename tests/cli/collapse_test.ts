/** `deno task collapse` keeps what was measured: the committed pairs are not trained again. */
import assert from "node:assert/strict";
import { runCommand } from "./run.ts";

const COMMITTED = "data/measured/collapse";

Deno.test("a plan of measured cells measures nothing and leaves its files as they are", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const plan = JSON.parse(await Deno.readTextFile(`${COMMITTED}/plan.json`));
    const inputs = JSON.parse(await Deno.readTextFile(`${COMMITTED}/inputs.json`));
    const measured = new Set(inputs.map((entry: { cell_index: number }) => entry.cell_index));
    const units = plan.units.filter((unit: { cell_index: number }) =>
      measured.has(unit.cell_index)
    );
    await Deno.writeTextFile(`${folder}/plan.json`, JSON.stringify({ ...plan, units }));
    const files = ["rows.parquet", "inputs.json", "settings.json"];
    for (const file of files) await Deno.copyFile(`${COMMITTED}/${file}`, `${folder}/${file}`);
    const { code, out, err } = await runCommand("collapse.ts", ["--plan", `${folder}/plan.json`]);
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`${units.length} of ${units.length} cells, 0 of them new`));
    for (const file of files) {
      assert.deepEqual(
        await Deno.readFile(`${folder}/${file}`),
        await Deno.readFile(`${COMMITTED}/${file}`),
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
