/** Training in double precision: a few steps of SGD on one batch, each with all that it starts from. */
import type { NetworkPlan, State } from "../../network/mod.ts";
import type { Images } from "./images.ts";
import { type ExactPass, exactPass, type ExactState, type Seen } from "./walk.ts";

/** Weight of a batch in the running statistics. */
const MOMENTUM = 0.1;

/** One step. */
export interface ExactStep {
  /** What the step starts from. */
  readonly state: ExactState;
  readonly loss: number;
  /** As running statistics, of this batch alone. */
  readonly statistics: ExactState;
  /** Gradients, by the ways that `seen` took. */
  readonly gradients: (seen?: Seen) => ExactState;
  readonly turned: ExactPass["turned"];
}

export interface ExactRecipe {
  readonly lr: number;
  readonly momentum: number;
  readonly weight_decay: number;
  readonly steps: number;
}

/** The steps, and the network after them. Nesterov's momentum and the L2 penalty are PyTorch's. */
export function exactTraining(
  plan: NetworkPlan,
  initial: State,
  [images, labels]: readonly [Images, Int32Array],
  { lr, momentum, weight_decay, steps }: ExactRecipe,
): { readonly steps: readonly ExactStep[]; readonly after: ExactState } {
  let state: ExactState = Object.fromEntries(
    Object.entries(initial).map(([name, values]) => [name, Float64Array.from(values)]),
  );
  const velocity: Record<string, Float64Array> = {};
  const done = Array.from({ length: steps }, (): ExactStep => {
    const before = state, pass = exactPass(plan, before, images);
    const { loss, dLogits } = crossEntropy(pass, labels);
    const gradients = pass.gradients(dLogits), { statistics } = pass;
    state = Object.fromEntries(
      Object.entries(before).map(([name, values]) => {
        const batch = statistics[name];
        if (batch) return [name, values.map((v, i) => (1 - MOMENTUM) * v + MOMENTUM * batch[i])];
        const g = values.map((w, i) => (gradients[name]?.[i] ?? 0) + weight_decay * w);
        const v = velocity[name] = g.map((d, i) => momentum * (velocity[name]?.[i] ?? 0) + d);
        return [name, values.map((w, i) => w - lr * (g[i] + momentum * v[i]))];
      }),
    );
    return {
      state: before,
      loss,
      statistics,
      gradients: (seen) => pass.gradients(dLogits, seen),
      turned: pass.turned,
    };
  });
  return { steps: done, after: state };
}

function crossEntropy({ logits }: ExactPass, labels: Int32Array) {
  const batch = labels.length, classes = logits.length / batch;
  const dLogits = new Float64Array(logits.length);
  let loss = 0;
  labels.forEach((label, n) => {
    const row = logits.subarray(n * classes, (n + 1) * classes), most = Math.max(...row);
    const weights = row.map((v) => Math.exp(v - most)), total = weights.reduce((a, b) => a + b);
    loss += (Math.log(total) + most - row[label]) / batch;
    weights.forEach((w, k) =>
      dLogits[n * classes + k] = (w / total - (k === label ? 1 : 0)) / batch
    );
  });
  return { loss, dLogits };
}
