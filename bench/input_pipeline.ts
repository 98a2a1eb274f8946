/**
 * What crop, flip and normalisation cost beside the training step they feed: at most 5 %, at batch 256 and
 * C = 16, with 3x3 convolutions on all edges, for N = 5 (the benchmark's networks) and N = 1.
 */
import process from "node:process";
import { median } from "simple-statistics";
import { loadBackend } from "../src/backend.ts";
import { setUp } from "../src/cli/setup.ts";
import { resolveConfig } from "../src/config.ts";
import { batches, loadCifar10 } from "../src/dataset/mod.ts";
import { initialState, networkPlan } from "../src/network/mod.ts";
import { prng } from "../src/random.ts";
import { parseCell } from "../src/space/mod.ts";
import { imageTensor, networkTrainer, sgd } from "../src/train/mod.ts";

const TARGET = 0.05, BATCH = 256, STEPS = 4;

await setUp();
const [backend, { train }] = [await loadBackend(), await loadCifar10()];
const { training } = resolveConfig();

/** Milliseconds that each round takes; the first, which warms up, is left out. */
function times(rounds: number, work: () => void): number[] {
  const found = Array.from({ length: rounds + 1 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return found.slice(1);
}

const source = batches(train, BATCH, training, prng(0, "bench"));
const prepare_ms = median(times(40, () => imageTensor(backend, source.next().value!).dispose()));
console.log(
  `a batch of ${BATCH} cropped, flipped, normalised, as a tensor: ${prepare_ms.toFixed(2)} ms`,
);

for (const cellsPerStage of [5, 1]) {
  const plan = networkPlan(parseCell("222222"), { channels: 16, cellsPerStage });
  const trainer = networkTrainer(backend, plan, initialState(plan, 0), sgd(backend, training));
  const batch = [...batches({ ...train, count: BATCH }, BATCH, training, prng(0, "step"))][0];
  const step_ms = median(times(STEPS, () => trainer.step(batch, 0.1)));
  const share = prepare_ms / step_ms, ok = share <= TARGET;
  console.log(
    `N = ${cellsPerStage}: step ${step_ms.toFixed(0)} ms, input pipeline ${
      (100 * share).toFixed(2)
    } % ` +
      `of it (target ${100 * TARGET} %): ${ok ? "reached" : "MISSED"}`,
  );
  console.log(`value share_pct_N${cellsPerStage} ${(100 * share).toFixed(2)}`);
  if (!ok) process.exitCode = 1;
}
