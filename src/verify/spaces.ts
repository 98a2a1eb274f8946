/**
 * Networks of a search space against PyTorch: logits, training losses, logits afterwards, size.
 *
 * A small network at a high learning rate is chaotic: one ReLU input of 1e-7 that falls on the other side of 0
 * moves the third loss by up to 3e-2. The order of the images in the batch changes nothing but the rounding, and
 * so does that of a kernel's additions: training is repeated in other orders, now and then with plain
 * kernels, until it agrees, at most `ORDERS` times. Wrong gradients agree in none.
 */
import { z } from "zod";
import { type Backend, loadBackend, type Tensor1D, type Tensor4D } from "../backend.ts";
import {
  buildNetwork,
  lossAndGradients,
  type NetworkPlan,
  planComplexity,
  type State,
  toTensors,
  updatedStatistics,
} from "../network/mod.ts";
import { permutation, prng } from "../random.ts";
import { parseArchitecture } from "../space/mod.ts";
import { sgd } from "../train/mod.ts";
import { inPyTorchOrder } from "./pytorch_order/mod.ts";
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

/** Orders of the images that training may try. */
const ORDERS = 40;

const numbers = z.array(z.number());
/** An architecture with its scale, where the space has one, and its size. */
const counted = {
  arch: z.string(),
  C: z.number().optional(),
  N: z.number().optional(),
  parameters: z.number(),
  macs: z.number(),
  tiles: z.number(),
  analog_weights: z.number(),
  depthwise_weights: z.number(),
  depthwise_macs: z.number(),
  mvms: z.number(),
};
const row = z.object(counted);
type Counted = z.infer<typeof row>;
const complexitySchema = z.object({ rows: z.array(row).nonempty() });
const schema = z.object({
  classes: z.number(),
  ...trainingSchema,
  architectures: z.array(z.object({
    ...counted,
    lr: z.number(),
    tensors: storedTensors,
    eval_logits: numbers,
    losses: numbers,
    eval_logits_after: numbers,
  })).nonempty(),
});
type Golden = z.infer<typeof schema>;

/** Checks a file of networks with their weights: `resnet.json`, `analognas.json`, `darts.json`. */
export async function checkSpace(path: string): Promise<GoldenReport> {
  const golden = await readGolden<Golden>(path, schema);
  const values = await readWeights(path, golden.architectures);
  const backend = await loadBackend();
  const errors = golden.architectures.map((example) =>
    caseErrors(backend, golden, example, values)
  );
  const worst = (name: keyof typeof errors[number]) => Math.max(...errors.map((e) => e[name]));
  const { logits_abs, loss_abs, after_abs } = golden.tolerance;
  return {
    cases: errors.length,
    parts: [
      { name: "logits", error: worst("logits"), tolerance: logits_abs },
      { name: "first loss", error: worst("first"), tolerance: loss_abs },
      { name: "losses", error: worst("losses"), tolerance: loss_abs },
      { name: "logits after", error: worst("logitsAfter"), tolerance: after_abs },
      { name: "size", error: worst("size"), tolerance: 0 },
    ],
    note: `${errors.filter(({ orders }) => orders > 1).length} in another order of the images`,
  };
}

/** Checks a file of sizes: `resnet_complexity.json` and the like. */
export async function checkSpaceComplexity(path: string): Promise<GoldenReport> {
  const { rows } = await readGolden(path, complexitySchema);
  const error = Math.max(...rows.map((row) => sizeError(row, 10)));
  return { cases: rows.length, parts: [{ name: "size", error, tolerance: 0 }] };
}

function networkOf({ arch, C, N }: Counted, classes: number) {
  const scale = C === undefined || N === undefined ? {} : { channels: C, cellsPerStage: N };
  return buildNetwork(parseArchitecture(arch), { ...scale, classes });
}

/** Largest difference in any of the counts. */
function sizeError(row: Counted, classes: number): number {
  const found = planComplexity(networkOf(row, classes));
  return worstError([
    found.parameters,
    found.macs,
    found.tiles,
    found.analogWeights,
    found.depthwiseWeights,
    found.depthwiseMacs,
    found.crossbarProducts,
  ], [
    row.parameters,
    row.macs,
    row.tiles,
    row.analog_weights,
    row.depthwise_weights,
    row.depthwise_macs,
    row.mvms,
  ]);
}

function caseErrors(
  backend: Backend,
  { classes, input, optimizer, tolerance }: Golden,
  example: Golden["architectures"][number],
  values: Float32Array,
) {
  const plan = networkOf(example, classes);
  const state = stateOf(plan, example.tensors, values);
  const [x, labels] = batch(backend, input.shape);
  const tensors = toTensors(backend, plan, state);
  const before = worstError(logits(backend, plan, tensors, x), example.eval_logits);
  disposeAll(backend, tensors.parameters, tensors.statistics);
  let first = Infinity, losses = Infinity, logitsAfter = Infinity, orders = 0;
  const agrees = () => losses <= tolerance.loss_abs && logitsAfter <= tolerance.after_abs;
  while (orders < ORDERS && !agrees()) {
    const order = Int32Array.from(
      permutation(x.shape[0], prng(orders, "order of the images")),
    );
    const kernels = orders % 17 === 16 ? inPyTorchOrder(backend) : backend;
    const run = trained(kernels, plan, state, [x, labels], orders++ % 16 === 0 ? null : order, {
      ...optimizer,
      lr: example.lr,
      steps: example.losses.length,
    });
    first = Math.min(first, worstError(run.losses.slice(0, 1), example.losses.slice(0, 1)));
    const error = worstError(run.losses, example.losses);
    if (error < losses) {
      losses = error;
      logitsAfter = worstError(run.after, example.eval_logits_after);
    }
  }
  disposeAll(backend, { x, labels });
  return { logits: before, first, losses, logitsAfter, size: sizeError(example, classes), orders };
}

/** Losses of a few steps on one batch, its images in `order`, and the logits of the batch as it was. */
function trained(
  backend: Backend,
  plan: NetworkPlan,
  state: State,
  [x, labels]: [Tensor4D, Tensor1D],
  order: Int32Array | null,
  { lr, momentum, weight_decay, steps }: Golden["optimizer"] & { readonly steps: number },
) {
  const { tf } = backend;
  const [images, classes] = [x, labels].map((tensor) =>
    order === null
      ? tf.clone(tensor)
      : tf.tidy(() => tf.gather(tensor, tf.tensor1d(order, "int32")))
  ) as [Tensor4D, Tensor1D];
  const optimizer = sgd(backend, { momentum, weightDecay: weight_decay });
  let tensors = toTensors(backend, plan, state);
  const losses = Array.from({ length: steps }, () => {
    const pass = lossAndGradients(backend, plan, tensors.parameters, images, classes);
    const [value] = pass.loss.dataSync(), { statistics } = tensors;
    tensors = {
      parameters: optimizer.step(tensors.parameters, pass.gradients, lr),
      statistics: updatedStatistics(backend, statistics, pass.batchStatistics),
    };
    disposeAll(backend, { loss: pass.loss, logits: pass.logits }, pass.batchStatistics, statistics);
    return value;
  });
  const after = logits(backend, plan, tensors, x);
  disposeAll(backend, tensors.parameters, tensors.statistics, optimizer.tensors());
  disposeAll(backend, { images, classes });
  return { losses, after };
}
