import assert from "node:assert/strict";
import { join } from "node:path";
import { readUnits } from "@/table/mod.ts";

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
  await Deno.writeTextFile(plan, '{"units": 2}');
  await refused(/plan\.json .*units/);
  await Deno.remove(folder, { recursive: true });
});
