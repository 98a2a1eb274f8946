/**
 * What evaluating a network once, as the rows of the first studies did, and 25 times, as the published script
 * does, tell apart: trained cells of the replication, their test images cropped again each time. Writes
 * data/measured/replication/evaluations.json.
 */
import { writeFileAtomically } from "../../src/atomic_write.ts";
import { loadBackend } from "../../src/backend.ts";
import { setUp } from "../../src/cli/setup.ts";
import { loadCifar10 } from "../../src/dataset/mod.ts";
import { toTensors } from "../../src/network/mod.ts";
import { openUnit } from "../../src/unit.ts";
import { dataFor, digitalAccuracy_pct, loadWeights } from "../../src/train/mod.ts";

/** Cells over the whole range, the first of the study's order. */
const UNITS = [
  "310301-s0-published",
  "311301-s0-published",
  "403400-s0-published",
  "130430-s0-published",
  "431100-s0-published",
  "200212-s0-published",
];
const EVALUATIONS = 25;
const FOLDER = "data/measured/replication";

await setUp();
const backend = await loadBackend(), images = await loadCifar10();
const units = [];
for (const unit of UNITS) {
  const { config, accuracy_pct } = await openUnit(unit);
  const { plan, state } = await loadWeights(`${FOLDER}/units/${unit}/baseline.safetensors`);
  const tensors = toTensors(backend, plan, state), data = dataFor(config, images, 0);
  const accuracies_pct = Array.from({ length: EVALUATIONS }, (_, r) => {
    const label = r === 0 ? "baseline/end" : `baseline/end/repeat ${r}`;
    return digitalAccuracy_pct(backend, plan, tensors, data.evaluation("test", label));
  });
  const mean = accuracies_pct.reduce((sum, a) => sum + a) / EVALUATIONS;
  const squares = accuracies_pct.reduce((sum, a) => sum + (a - mean) ** 2, 0);
  units.push({
    unit,
    stored_pct: accuracy_pct("baseline"),
    mean_pct: mean,
    sd_pct: Math.sqrt(squares / (EVALUATIONS - 1)),
    accuracies_pct,
  });
  console.log(unit, units.at(-1));
}
const record = { condition: "baseline", evaluations: EVALUATIONS, units };
await writeFileAtomically(`${FOLDER}/evaluations.json`, JSON.stringify(record, null, 1) + "\n");
