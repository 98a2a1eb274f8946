/** The order of cells by estimated energy: against itself, against what orders the same, and by hand. */
import assert from "node:assert/strict";
import { CONNECTED, kendallTauB, openStudy, studyOf, take } from "@/analyse/mod.ts";
import { constantsAt } from "@/chip/mod.ts";
import { cellIndex } from "@/space/mod.ts";
import { synthetic } from "./synthetic.ts";

const study = await openStudy();
const { energyOrder } = study;

Deno.test("energies are the columns', and rise with the constants", () => {
  assert.deepEqual(study.energy("typical"), study.features.energy_uJ);
  const [low, typical, high] = (["low", "typical", "high"] as const).map(study.energy);
  for (const i of CONNECTED) assert.ok(low[i] < typical[i] && typical[i] < high[i]);
});

Deno.test("a cell of skips alone, counted by hand", () => {
  // stem, two reductions and the classifier at C = 16: rows, columns and multiply-adds of nine matrices
  const { dacConversions, adcConversions, cellReads, productsInSequence } =
    study.chipCounts[cellIndex([0, 0, 0, 0, 0, 0])];
  const [a, b] = [256, 64]; // positions behind the first and the second reduction
  assert.equal(adcConversions, 16 * 1024 + 3 * 32 * a + 3 * 64 * b + 64 * b + 10);
  assert.equal(
    dacConversions,
    27 * 1024 + (144 + 288 + 16) * a + (288 + 576 + 32) * b + 64,
  );
  assert.equal(
    cellReads,
    27 * 16 * 1024 + (144 + 288 + 16) * 32 * a + (288 + 576 + 32) * 64 * b + 640,
  );
  assert.equal(productsInSequence, 1024 + 2 * a + 2 * b + 1);
});

Deno.test("an accuracy that is the energy, or its opposite, agrees by 1 and by -1", () => {
  const energy = study.energy("typical");
  for (const sign of [1, -1]) {
    const { accuracy } = studyOf({ benchmark: synthetic((i) => sign * energy[i]) }).energyOrder;
    assert.ok(Math.abs(accuracy.estimate - sign) < 1e-12);
  }
});

Deno.test("the least agreement is that of its constants, and no single choice known here is below", () => {
  const { tau, high } = energyOrder.least, typical = take(study.energy("typical"), CONNECTED);
  const constants = constantsAt((name) => high.includes(name) ? "high" : "low");
  const by = study.chipCounts.map((counts) =>
    counts.adcConversions * constants.adc_pJ + counts.dacConversions * constants.dac_pJ +
    counts.cellReads * constants.cell_fJ / 1000 +
    counts.digitalOperations * constants.operation_pJ + counts.bytes * constants.byte_pJ
  );
  assert.ok(Math.abs(kendallTauB(take(by, CONNECTED), typical) - tau) < 1e-4);
  const agreement = (level: "low" | "high") =>
    kendallTauB(take(study.energy(level), CONNECTED), typical);
  assert.ok(tau < agreement("low") && tau < agreement("high") && tau < energyOrder.low_high);
});

Deno.test("shares of the cheapest near-best cell hold that of typical constants", () => {
  const { low, high } = energyOrder.share, { costShare } = study.pareto("energy_uJ");
  assert.ok(0 < low && low < costShare && costShare < high && high < 1);
  assert.deepEqual(study.energyFront("typical").cells, study.pareto("energy_uJ").cells);
});
