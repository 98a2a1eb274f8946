/** Units read out again, against rows that other commands stored. They need TensorFlow and CIFAR-10. */
import assert from "node:assert/strict";
import { readRows, type Row } from "@/table/mod.ts";
import { openUnit } from "@/unit.ts";

/** 97.5 % quantile of Student's t with two degrees of freedom, in closed form. */
const T_2 = 0.95 * Math.sqrt(2 / (4 * 0.975 * 0.025));

const accuracies = (rows: readonly Row[]) =>
  rows.map((row) => [row.metric, row.accuracy_pct, row.accuracy_sd_pct, row.repeats]);

Deno.test("an ADC of 6 bits gives the rows that the ablation stored", async () => {
  const unit = await openUnit("310301-s0-published");
  const settings = JSON.parse(await Deno.readTextFile("data/measured/ablation/settings.json"));
  const { config_id } = settings.find((s: { setting: string; value: unknown }) =>
    s.setting === "adc_bits" && s.value === 6
  );
  const stored = (await readRows("data/measured/ablation/rows.parquet")).filter((row) =>
    row.config_id === config_id && row.cell_index === unit.rows[0].cell_index &&
    row.condition === "noisy"
  );
  const rows = await unit.readOut({
    hardware: { adc: { bits: 6 } },
    times_s: [null, 86_400],
    testImages: 1_000,
    events: 3,
  });
  assert.equal(stored.length, 2);
  assert.deepEqual(accuracies(rows), accuracies(stored));
  const [before, day] = rows;
  assert.deepEqual([before.low_pct, before.high_pct], [null, null]);
  const half = T_2 * stored[1].accuracy_sd_pct! / Math.sqrt(3);
  assert.ok(Math.abs(day.high_pct! - (stored[1].accuracy_pct + half)) < 1e-9);
  assert.ok(Math.abs(day.low_pct! - (stored[1].accuracy_pct - half)) < 1e-9);
});

Deno.test("with nothing changed a unit of the corrected protocol gives its stored rows again", async () => {
  const unit = await openUnit("310301-s0-corrected");
  const rows = await unit.readOut({ condition: "hwt", times_s: [null, 60], events: 5 });
  const stored = unit.rows.filter(({ metric }) => metric === "hwt" || metric === "hwt@60s");
  assert.deepEqual(accuracies(rows), accuracies(stored));
});

Deno.test("a read-out follows from its seed, bit for bit", async () => {
  const unit = await openUnit("310301-s0-published");
  const at = (seed: number) =>
    unit.readOut({ times_s: [2_592_000], testImages: 100, events: 2, seed });
  const [first] = await at(1);
  assert.deepEqual(await at(1), [first]);
  assert.notEqual((await at(2))[0].accuracy_pct, first.accuracy_pct);
});
