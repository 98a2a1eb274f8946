/**
 * One training step or one inference batch of this workspace for each line on stdin; prints seconds, CPU
 * seconds and the peak of resident memory in GiB.
 *
 * usage: worker.ts train|inference CHANNELS CELLS_PER_STAGE BATCH
 */
import process from "node:process";
import { createInterface } from "node:readline";
import { loadBackend, type Tensor1D, type Tensor4D } from "../../src/backend.ts";
import {
  evaluationOps,
  forward,
  initialState,
  lossAndGradients,
  networkPlan,
  toTensors,
  updatedStatistics,
} from "../../src/network/mod.ts";
import { sgd } from "../../src/train/mod.ts";

const [mode, channels, cellsPerStage, batch] = [
  Deno.args[0],
  ...Deno.args.slice(1).map(Number),
] as [
  string,
  number,
  number,
  number,
];
const backend = await loadBackend();
const { tf } = backend;
const plan = networkPlan([2, 2, 2, 2, 2, 2], { channels, cellsPerStage });
let { parameters, statistics } = toTensors(backend, plan, initialState(plan, 0));
const x = backend.randomNormal([batch, 32, 32, 3], 0, 0) as Tensor4D;
const labels = tf.tensor1d(
  Int32Array.from({ length: batch }, (_, i) => i % 10),
  "int32",
) as Tensor1D;
const optimizer = sgd(backend, { momentum: 0.9, weightDecay: 5e-4 });

function train() {
  const step = lossAndGradients(backend, plan, parameters, x, labels);
  parameters = optimizer.step(parameters, step.gradients, 0.05);
  const old = statistics;
  statistics = updatedStatistics(backend, old, step.batchStatistics);
  step.loss.dataSync();
  tf.dispose([step.loss, step.logits, { ...step.batchStatistics }, { ...old }]);
}

const ops = mode === "inference"
  ? evaluationOps(backend, plan, { parameters, statistics })
  : undefined;

function inference() {
  const logits = forward(backend, plan, ops!, x);
  logits.dataSync();
  logits.dispose();
}

const step = mode === "train" ? train : inference;
const cpu_s = () =>
  process.resourceUsage().userCPUTime / 1e6 + process.resourceUsage().systemCPUTime / 1e6;
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now(), cpu = cpu_s();
  step();
  const seconds = (performance.now() - start) / 1000;
  console.log(seconds, cpu_s() - cpu, process.resourceUsage().maxRSS / 2 ** 20);
}
