/** Networks against xautodl's on PyTorch: logits, training losses, running statistics, logits afterwards. */
import { z } from "zod";
import { type Backend, loadBackend } from "../backend.ts";
import {
  layersOf,
  lossAndGradients,
  type NamedTensors,
  type NetworkPlan,
  networkPlan,
  toTensors,
  type TrainingOps,
  trainingOps,
  updatedStatistics,
} from "../network/mod.ts";
import { isCell, parseCell } from "../space/mod.ts";
import { inPyTorchOrder, nesterovStep } from "./pytorch_order/mod.ts";
import {
  batch,
  disposeAll,
  logits,
  readWeights,
  stateOf,
  storedTensors,
  trainingSchema,
} from "./reference_network.ts";
import { type GoldenReport, readGolden, worstError } from "./report.ts";

const numbers = z.array(z.number());
const schema = z.object({
  C: z.number(),
  N: z.number(),
  classes: z.number(),
  ...trainingSchema,
  cells: z.array(z.object({
    tuple: numbers.refine(isCell),
    tensors: storedTensors,
    eval_logits: numbers,
    losses: numbers,
    eval_logits_after: numbers,
    last_bn_running_mean_after: numbers,
    last_bn_running_var_after: numbers,
  })).nonempty(),
});
type Golden = z.infer<typeof schema>;
type Case = Golden["cells"][number];

export async function checkNetwork(path: string): Promise<GoldenReport> {
  const golden = await readGolden<Golden>(path, schema);
  const values = await readWeights(path, golden.cells);
  const backend = await loadBackend();
  const worst = { logits: 0, first: 0, losses: 0, statistics: 0, logits_after: 0 };
  for (const example of golden.cells) {
    const errors = caseErrors(backend, golden, example, values);
    for (const name of Object.keys(worst) as (keyof typeof worst)[]) {
      worst[name] = Math.max(worst[name], errors[name]);
    }
  }
  const { logits_abs, loss_abs, after_abs } = golden.tolerance;
  return {
    cases: golden.cells.length,
    parts: [
      { name: "logits", error: worst.logits, tolerance: logits_abs },
      { name: "first loss (production kernels)", error: worst.first, tolerance: loss_abs },
      { name: "losses (PyTorch's order of addition)", error: worst.losses, tolerance: loss_abs },
      { name: "running statistics", error: worst.statistics, tolerance: after_abs },
      { name: "logits after", error: worst.logits_after, tolerance: after_abs },
    ],
  };
}

function caseErrors(backend: Backend, golden: Golden, example: Case, values: Float32Array) {
  const plan = networkPlan(parseCell(`(${example.tuple.join(",")})`), {
    channels: golden.C,
    cellsPerStage: golden.N,
    classes: golden.classes,
  });
  const [x, labels] = batch(backend, golden.input.shape);
  let tensors = toTensors(backend, plan, stateOf(plan, example.tensors, values));
  const before = logits(backend, plan, tensors, x);
  const first = lossAndGradients(backend, plan, tensors.parameters, x, labels);
  const firstLoss = first.loss.dataSync();
  disposeAll(
    backend,
    { loss: first.loss, logits: first.logits },
    first.gradients,
    first.batchStatistics,
  );
  const ordered = inPyTorchOrder(backend);
  let momenta: NamedTensors = {};
  const losses = example.losses.map(() => {
    const { parameters, statistics } = tensors;
    const { loss, ...step } = lossAndGradients(ordered, plan, parameters, x, labels, reluOfItsOwn);
    const next = nesterovStep(backend, parameters, step.gradients, momenta, golden.optimizer);
    tensors = {
      parameters: next.parameters,
      statistics: updatedStatistics(backend, statistics, step.batchStatistics),
    };
    const [value] = loss.dataSync();
    const { gradients, batchStatistics, logits } = step;
    disposeAll(
      backend,
      { loss, logits },
      gradients,
      batchStatistics,
      parameters,
      statistics,
      momenta,
    );
    momenta = next.momenta;
    return value;
  });
  const after = logits(backend, plan, tensors, x);
  const last = (name: string) => tensors.statistics[`${lastNorm(plan)}.${name}`].dataSync();
  const errors = {
    logits: worstError(before, example.eval_logits),
    first: worstError(firstLoss, example.losses.slice(0, 1)),
    losses: worstError(losses, example.losses),
    statistics: Math.max(
      worstError(last("running_mean"), example.last_bn_running_mean_after),
      worstError(last("running_var"), example.last_bn_running_var_after),
    ),
    logits_after: worstError(after, example.eval_logits_after),
  };
  disposeAll(backend, tensors.parameters, tensors.statistics, momenta, { x, labels });
  return errors;
}

/**
 * Each convolution with a ReLU of its own, as in xautodl, where the walk shares one among the convolutions that
 * read the same node: the same gradient, added up in another order.
 */
const reluOfItsOwn: TrainingOps = (backend, parameters, onBatchStatistics) => {
  const ops = trainingOps(backend, parameters, onBatchStatistics);
  return {
    ...ops,
    relu: (name, x) => name === "lastact" ? ops.relu(name, x) : x,
    convolutionUnit: ({ convolution, norm }, x) => {
      const input = convolution.readsData ? x : ops.relu(convolution.name, x);
      return ops.batchNorm(norm, ops.convolution(convolution, input));
    },
  };
};

/** Name of the network's last batch norm. */
const lastNorm = (plan: NetworkPlan) =>
  layersOf(plan).findLast(({ kind }) => kind === "batch_norm")!.layer.name;
