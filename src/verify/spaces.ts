/**
 * Networks of a search space against PyTorch: logits, training losses, logits afterwards, size.
 *
 * A small network at a high learning rate is chaotic: one ReLU input of 1e-7 that falls on the other side of 0
 * moves the third loss by up to 3e-2, and which side it falls on follows from the order of sums. So training is
 * repeated in double precision (`exact/`), which must meet PyTorch's losses and logits, and TensorFlow is held
 * against that step by step, each from the exact state: its loss against PyTorch's, its gradients and statistics
 * against the exact ones. The exact gradients go through the ReLUs and to the largest
 * pixels that TensorFlow chose; these may differ near 0, and between near equals, alone.
 */
import { z } from "zod";
import { type Backend, loadBackend } from "../backend.ts";
import { buildNetwork, planComplexity, toTensors } from "../network/mod.ts";
import { parseArchitecture } from "../space/mod.ts";
import { exactTensors, ROUNDING, shadowStep } from "./exact/shadow.ts";
import { exactTraining } from "./exact/training.ts";
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
      { name: "exact losses", error: worst("exactLosses"), tolerance: loss_abs },
      { name: "losses", error: worst("losses"), tolerance: loss_abs },
      { name: "gradients", error: worst("gradients"), tolerance: ROUNDING },
      { name: "choices", error: worst("turned"), tolerance: ROUNDING },
      { name: "batch statistics", error: worst("statistics"), tolerance: ROUNDING },
      { name: "logits after", error: worst("after"), tolerance: after_abs },
      { name: "size", error: worst("size"), tolerance: 0 },
    ],
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
  { classes, input, optimizer }: Golden,
  example: Golden["architectures"][number],
  values: Float32Array,
) {
  const plan = networkOf(example, classes), state = stateOf(plan, example.tensors, values);
  const [x, labels] = batch(backend, input.shape), { losses, eval_logits_after } = example;
  const tensors = toTensors(backend, plan, state);
  const before = worstError(logits(backend, plan, tensors, x), example.eval_logits);
  const images = { data: Float64Array.from(x.dataSync()), shape: x.shape };
  const recipe = { ...optimizer, lr: example.lr, steps: losses.length };
  const exact = exactTraining(plan, state, [images, labels.dataSync() as Int32Array], recipe);
  const steps = exact.steps.map((step) => shadowStep(backend, plan, step, [x, labels]));
  const trained = exactTensors(backend, plan, exact.after);
  const after = worstError(logits(backend, plan, trained, x), eval_logits_after);
  for (const { parameters, statistics } of [tensors, trained]) {
    disposeAll(backend, parameters, statistics);
  }
  disposeAll(backend, { x, labels });
  return {
    logits: before,
    exactLosses: worstError(exact.steps.map(({ loss }) => loss), losses),
    losses: worstError(steps.map(({ loss }) => loss), losses),
    gradients: Math.max(...steps.map(({ gradients }) => gradients)),
    turned: Math.max(...steps.map(({ turned }) => turned)),
    statistics: Math.max(...steps.map(({ statistics }) => statistics)),
    after,
    size: sizeError(example, classes),
  };
}
