/**
 * A network's numbers by name. On the outside (`State`) they have PyTorch's layout, convolutions
 * `[out, in, height, width]` and linear layers `[out, in]`; inside, as tensors, TensorFlow's
 * `[height, width, in, out]` and `[in, out]`. A depthwise convolution has one channel as `in`.
 */
import type { Backend, Tensor } from "../backend.ts";
import { InputError } from "../input_error.ts";
import { type Prng, prng } from "../random.ts";
import { layersOf, type NetworkPlan } from "./plan.ts";

/** Tensors by the names of the PyTorch state. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** Values by name, in PyTorch's layout, row-major. */
export type State = Readonly<Record<string, Float32Array>>;

/** A network's tensors: what is trained, and the running statistics of its batch norms. */
export interface NetworkTensors {
  readonly parameters: NamedTensors;
  readonly statistics: NamedTensors;
}

/** One entry of the state. */
export interface StateEntry {
  readonly name: string;
  /** PyTorch's shape: convolution `[out, in, height, width]`, linear `[out, in]`, else `[n]`. */
  readonly shape: readonly number[];
  /** False for running statistics. */
  readonly trainable: boolean;
}

/** The state's entries in PyTorch's order (without `num_batches_tracked`, which nothing reads). */
export function stateEntries(plan: NetworkPlan): StateEntry[] {
  return layersOf(plan).flatMap(({ kind, layer }): StateEntry[] => {
    const { name } = layer;
    const entry = (suffix: string, shape: number[], trainable = true) => ({
      name: `${name}.${suffix}`,
      shape,
      trainable,
    });
    switch (kind) {
      case "convolution": {
        const { outChannels, inChannels, kernel, groups } = layer;
        return [entry("weight", [outChannels, inChannels / groups, kernel, kernel])];
      }
      case "batch_norm": {
        const shape = [layer.channels];
        return [
          entry("weight", shape),
          entry("bias", shape),
          entry("running_mean", shape, false),
          entry("running_var", shape, false),
        ];
      }
      case "bias":
        return [entry("bias", [layer.channels])];
      case "linear":
        return [
          entry("weight", [layer.outFeatures, layer.inFeatures]),
          entry("bias", [layer.outFeatures]),
        ];
    }
  });
}

/**
 * A fresh network, initialised as PyTorch does by default (xautodl's `TinyNetwork` changes nothing):
 * convolution and linear weights Kaiming-uniform with a = sqrt(5), which is uniform within
 * 1 / sqrt(fan_in) (He et al. 2015, equation 10, with gain sqrt(1/3)), the linear bias uniform within
 * the same bound, batch norm 1 and 0. Each tensor has its own stream of chance, named after it.
 */
export function initialState(plan: NetworkPlan, seed: number): State {
  const fanIn: Record<string, number> = {};
  for (const { kind, layer } of layersOf(plan)) {
    if (kind === "convolution") {
      fanIn[layer.name] = layer.inChannels / layer.groups * layer.kernel ** 2;
    }
    if (kind === "linear") fanIn[layer.name] = layer.inFeatures;
  }
  return Object.fromEntries(
    stateEntries(plan).map(({ name, shape }) => {
      const [layer, suffix] = splitName(name);
      const size = shape.reduce((a, b) => a * b);
      if (layer in fanIn) {
        return [name, uniform(size, 1 / Math.sqrt(fanIn[layer]), prng(seed, `initial ${name}`))];
      }
      const isOne = suffix === "weight" || suffix === "running_var";
      return [name, new Float32Array(size).fill(isOne ? 1 : 0)];
    }),
  );
}

function uniform(size: number, bound: number, random: Prng): Float32Array {
  return Float32Array.from({ length: size }, () => bound * (2 * random.uniform() - 1));
}

function splitName(name: string): [layer: string, suffix: string] {
  const dot = name.lastIndexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/** Tensors of `state`, to be disposed by the caller. Throws where an entry is missing or has another size. */
export function toTensors(backend: Backend, plan: NetworkPlan, state: State): NetworkTensors {
  const { tf } = backend;
  const parameters: Record<string, Tensor> = {}, statistics: Record<string, Tensor> = {};
  for (const { name, shape, trainable } of stateEntries(plan)) {
    const values = state[name];
    const size = shape.reduce((a, b) => a * b);
    if (values?.length !== size) {
      throw new InputError(
        `The state of this network needs ${size} numbers as ${name}, not ${values?.length ?? 0}.`,
      );
    }
    (trainable ? parameters : statistics)[name] = tf.tidy(() =>
      tensorflowLayout(backend, tf.tensor(values.slice(), [...shape], "float32"))
    );
  }
  return { parameters, statistics };
}

/** Values of `tensors` in PyTorch's layout and order. */
export function toState(backend: Backend, plan: NetworkPlan, tensors: NetworkTensors): State {
  const { parameters, statistics } = tensors;
  return Object.fromEntries(
    stateEntries(plan).map(({ name, trainable }) => {
      const tensor = pytorchLayout(backend, (trainable ? parameters : statistics)[name]);
      const values = tensor.dataSync() as Float32Array;
      tensor.dispose();
      return [name, values];
    }),
  );
}

/** A tensor in PyTorch's layout, in TensorFlow's. */
function tensorflowLayout({ tf }: Backend, tensor: Tensor): Tensor {
  return tensor.rank === 4
    ? tf.transpose(tensor, [2, 3, 1, 0])
    : tensor.rank === 2
    ? tf.transpose(tensor)
    : tf.clone(tensor);
}

/** A tensor in TensorFlow's layout, in PyTorch's. */
function pytorchLayout({ tf }: Backend, tensor: Tensor): Tensor {
  return tensor.rank === 4
    ? tf.transpose(tensor, [3, 2, 0, 1])
    : tensor.rank === 2
    ? tf.transpose(tensor)
    : tf.clone(tensor);
}
