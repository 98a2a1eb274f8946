/** Optimizers with PyTorch's semantics, over tensors by name. */
import type { Backend, Tensor } from "../backend.ts";
import type { NamedTensors } from "../network/mod.ts";

/** Keeps its own tensors (momentum and the like), which belong into a checkpoint. */
export interface Optimizer {
  /** The parameters after one step; those before it, and the gradients, are disposed. */
  step(parameters: NamedTensors, gradients: NamedTensors, learningRate: number): NamedTensors;
  /** Own tensors, by `<slot>/<parameter>`; empty before the first step. */
  tensors(): NamedTensors;
  /** Replaces the own tensors; they belong to the optimizer from then on. */
  restore(tensors: NamedTensors): void;
}

/**
 * Stochastic gradient descent with momentum and L2 penalty, as torch.optim.SGD: g += weightDecay w;
 * v = momentum v + g; w -= learningRate (g + momentum v) with Nesterov's (Sutskever et al. 2013), which
 * the published recipe has, and w -= learningRate v without.
 */
export function sgd(
  { tf }: Backend,
  { momentum, weightDecay, nesterov = true }: {
    readonly momentum: number;
    readonly weightDecay: number;
    readonly nesterov?: boolean;
  },
): Optimizer {
  let velocity: Record<string, Tensor> = {};
  return {
    step(parameters, gradients, learningRate) {
      const updated = mapParameters(parameters, (name, w) => {
        const [next, v] = tf.tidy(() => {
          const g = tf.add(gradients[name], tf.mul(w, weightDecay));
          const before = velocity[name];
          const v = before === undefined ? g : tf.add(tf.mul(before, momentum), g);
          const direction = nesterov ? tf.add(g, tf.mul(v, momentum)) : v;
          return [tf.sub(w, tf.mul(direction, learningRate)), v];
        });
        velocity[name]?.dispose();
        velocity[name] = v;
        return next;
      });
      tf.dispose([{ ...parameters }, { ...gradients }]);
      return updated;
    },
    tensors: () => mapKeys(velocity, (name) => `velocity/${name}`),
    restore(tensors) {
      tf.dispose(velocity);
      velocity = mapKeys(tensors, (key) => key.slice("velocity/".length));
    },
  };
}

/** Moment decay rates and epsilon of Kingma & Ba 2015, algorithm 1; the defaults of torch.optim.Adam. */
const BETA_1 = 0.9, BETA_2 = 0.999, EPSILON = 1e-8;

/** Adam (Kingma & Ba 2015) with the L2 penalty in the gradient, as torch.optim.Adam. */
export function adam(
  { tf }: Backend,
  { weightDecay }: { readonly weightDecay: number },
): Optimizer {
  let first: Record<string, Tensor> = {}, second: Record<string, Tensor> = {};
  let steps = 0, stepsTensor: Tensor = tf.scalar(0);
  return {
    step(parameters, gradients, learningRate) {
      steps++;
      stepsTensor.dispose();
      stepsTensor = tf.scalar(steps);
      const rate = learningRate / (1 - BETA_1 ** steps),
        correction = Math.sqrt(1 - BETA_2 ** steps);
      const updated = mapParameters(parameters, (name, w) => {
        const [next, m, v] = tf.tidy(() => {
          const g = tf.add(gradients[name], tf.mul(w, weightDecay));
          const old = [first[name] ?? tf.zerosLike(w), second[name] ?? tf.zerosLike(w)];
          const m = tf.add(tf.mul(old[0], BETA_1), tf.mul(g, 1 - BETA_1));
          const v = tf.add(tf.mul(old[1], BETA_2), tf.mul(tf.square(g), 1 - BETA_2));
          const deviation = tf.add(tf.div(tf.sqrt(v), correction), EPSILON);
          return [tf.sub(w, tf.mul(tf.div(m, deviation), rate)), m, v];
        });
        tf.dispose([first[name], second[name]].filter(Boolean));
        [first[name], second[name]] = [m, v];
        return next;
      });
      tf.dispose([{ ...parameters }, { ...gradients }]);
      return updated;
    },
    tensors: () => ({
      ...mapKeys(first, (name) => `first/${name}`),
      ...mapKeys(second, (name) => `second/${name}`),
      steps: stepsTensor,
    }),
    restore(tensors) {
      tf.dispose([first, second, stepsTensor]);
      const slot = (prefix: string) =>
        Object.fromEntries(
          Object.entries(tensors).filter(([key]) => key.startsWith(prefix))
            .map(([key, tensor]) => [key.slice(prefix.length), tensor]),
        );
      [first, second] = [slot("first/"), slot("second/")];
      stepsTensor = tensors.steps;
      steps = stepsTensor.dataSync()[0];
    },
  };
}

/**
 * Scales `gradients` down together so that their common L2 norm is at most `maximum`, as
 * torch.nn.utils.clip_grad_norm_. The gradients given are disposed.
 */
export function clipGlobalNorm(
  { tf }: Backend,
  gradients: NamedTensors,
  maximum: number,
): NamedTensors {
  const clipped = tf.tidy(() => {
    const squares = Object.values(gradients).map((g) => tf.sum(tf.square(g)));
    const norm = tf.sqrt(tf.addN(squares));
    const factor = tf.minimum(tf.div(maximum, tf.add(norm, 1e-6)), 1);
    return mapParameters(gradients, (_, g) => tf.mul(g, factor));
  });
  tf.dispose({ ...gradients });
  return clipped;
}

function mapParameters(
  tensors: NamedTensors,
  f: (name: string, tensor: Tensor) => Tensor,
): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, f(name, t)]));
}

function mapKeys(tensors: NamedTensors, f: (name: string) => string): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, t]) => [f(name), t]));
}
