import assert from "node:assert/strict";
import { join } from "node:path";
import { readAllUnits, readUnits } from "@/table/mod.ts";

Deno.test("a damaged record of a unit or plan is one message that names the file and the place", async () => {
  const folder = await Deno.makeTempDir(), unit = join(folder, "study", "units", "a");
  await Deno.mkdir(unit, { recursive: true });
  const plan = join(folder, "study", "plan.json");
  await Deno.writeTextFile(plan, '{"units": [1, 2]}');
  const record = await Deno.readTextFile(
    "data/measured/replication/units/310301-s0-published/unit.json",
  );
  const refused = (message: RegExp) =>
    assert.rejects(readUnits("study", folder), { name: "InputError", message });
  await refused(/unit\.json: there is no such file/);
  await Deno.writeTextFile(join(unit, "unit.json"), record.slice(0, 500));
  await refused(/a\/unit\.json: not valid JSON.*Measure the unit again/);
  await Deno.writeTextFile(
    join(unit, "unit.json"),
    record.replace('"epochs": 4', '"epochs": "four"'),
  );
  await refused(/a\/unit\.json .*config\.training\.epochs/);
  await Deno.writeTextFile(join(unit, "unit.json"), record);
  const { planned, finished } = await readUnits("study", folder);
  assert.deepEqual([planned, finished.length], [2, 1]);
  assert.equal(
    finished[0].analog_share_pct,
    100,
    "a cell of NAS-Bench-201, before it was recorded",
  );
  const { cell_index: _, ...rest } = JSON.parse(record);
  const other = {
    ...rest,
    cell_index: null,
    architecture: "resnet:1x8-1x16-1x32:A",
    config: { ...rest.config, network: { space: "resnet" }, qat: { epochs: 0 } },
  };
  await Deno.writeTextFile(join(unit, "unit.json"), JSON.stringify(other));
  const put = async (study: string, ...files: readonly string[]) => {
    await Deno.mkdir(join(folder, study));
    for (const file of files) await Deno.writeTextFile(join(folder, study, file), '{"units": [1]}');
  };
  await put("planned", "plan.json");
  await put("whole", "plan.json", "rows.parquet"); // by a command that keeps no units
  await put("other", "rows.parquet");
  const all = await readAllUnits(folder);
  assert.deepEqual(Object.keys(all), ["planned", "study"]);
  assert.deepEqual(all.planned, { planned: 1, finished: [] });
  assert.equal(all.study.finished[0].architecture, "resnet:1x8-1x16-1x32:A");
  await Deno.writeTextFile(plan, '{"units": 2}');
  await refused(/plan\.json .*units/);
  await Deno.remove(folder, { recursive: true });
});
