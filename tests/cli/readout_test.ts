/** The command and the library read a unit out alike. It needs TensorFlow and CIFAR-10. */
import assert from "node:assert/strict";
import { openUnit } from "@/unit.ts";
import { runCommand } from "./run.ts";

const UNIT = "data/measured/replication/units/310301-s0-published";

Deno.test("the command writes the rows that the library reads out, and shows the stored ones", async () => {
  const folder = await Deno.makeTempDir(), out = `${folder}/rows.csv`;
  const config = `${folder}/my.json`;
  await Deno.writeTextFile(config, '{"hardware": {"adc": {"bits": 4}, "outputNoise": 0.08}}');
  const asked = ["--config", config, "--adc-bits", "6", "--drift-compensation", "none"];
  const counts = ["--times", "60s,1d", "--test-images", "20", "--events", "2", "--seed", "3"];
  const { code, out: said, err } = await runCommand("readout.ts", [
    "--weights",
    `${UNIT}/hwt.safetensors`,
    ...asked,
    ...counts,
    "--out",
    out,
  ]);
  assert.equal(code, 0, err);
  const unit = await openUnit("310301-s0-published");
  const rows = await unit.readOut({
    condition: "hwt",
    hardware: { adc: { bits: 6 }, outputNoise: 0.08, driftCompensation: "none" },
    times_s: [null, 60, 86_400],
    testImages: 20,
    events: 2,
    seed: 3,
  });
  const [head, ...lines] = (await Deno.readTextFile(out)).trim().split("\n")
    .map((line) => line.split(","));
  const column = (name: string) => lines.map((line) => line[head.indexOf(name)]);
  assert.deepEqual(column("accuracy_pct"), rows.map((row) => String(row.accuracy_pct)));
  assert.deepEqual(column("low_pct"), rows.map((row) => String(row.low_pct ?? "")));
  assert.deepEqual(column("config_id"), rows.map((row) => row.config_id));
  const stored = [null, 60, 86_400].map((t) => unit.accuracy_pct("hwt", t));
  assert.deepEqual(column("stored_accuracy_pct").map(Number), stored);
  for (const [k, time] of ["before programming", "60s", "1d"].entries()) {
    assert.match(said, new RegExp(`hwt +${time} .* ${stored[k].toFixed(2)}`));
  }
  assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
    "my.json",
    "rows.csv",
  ]);
  await Deno.remove(folder, { recursive: true });
});
