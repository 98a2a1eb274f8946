import type { Backend, Tensor } from "../../backend.ts";
import type { NamedTensors } from "../../network/mod.ts";
import { multiplyAdd, round } from "./rounding.ts";

/** Knobs of `torch.optim.SGD` with Nesterov momentum. */
export interface SgdSettings {
  readonly lr: number;
  readonly momentum: number;
  readonly weight_decay: number;
}

/** One step of SGD with Nesterov momentum and weight decay. `momenta` is empty before the first step. */
export function nesterovStep(
  { tf }: Backend,
  parameters: NamedTensors,
  gradients: NamedTensors,
  momenta: NamedTensors,
  { lr, momentum, weight_decay }: SgdSettings,
): { parameters: NamedTensors; momenta: NamedTensors } {
  const [rate, inertia, decay] = [lr, momentum, weight_decay].map(round);
  const next: Record<string, Tensor> = {}, kept: Record<string, Tensor> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const w = parameter.dataSync() as Float32Array, before = momenta[name]?.dataSync();
    const g = (gradients[name].dataSync() as Float32Array).map((v, i) =>
      multiplyAdd(v, decay, w[i])
    );
    const m = before ? g.map((v, i) => round(before[i] * inertia) + v) : g;
    const step = g.map((v, i) => multiplyAdd(v, inertia, m[i]));
    next[name] = tf.tensor(w.map((v, i) => multiplyAdd(v, -rate, step[i])), parameter.shape);
    kept[name] = tf.tensor(m, parameter.shape);
  }
  return { parameters: next, momenta: kept };
}
