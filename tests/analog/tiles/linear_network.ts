/** Networks of nothing but linear layers, for training that can be followed by hand. */
import {
  type AnalogNetwork,
  convert,
  type Crossbars,
  hwtSetting,
  type HwtState,
  hwtStep,
  loadAnalogKernel,
  loadState,
  networkOf,
  periphery,
  tilesOf,
} from "@/analog/mod.ts";
import { loadBackend, type Tensor, type Tensor2D } from "@/backend.ts";
import { type Config, type PartialConfig, resolveConfig } from "@/config.ts";
import type { NamedTensors, NetworkPlan } from "@/network/mod.ts";
import { type Optimizer, sgd } from "@/train/mod.ts";

const backend = await loadBackend(), kernel = await loadAnalogKernel(backend), { tf } = backend;

/** A layer's weights, `[out][in]`, and its bias. */
export interface LinearLayer {
  readonly weights: readonly (readonly number[])[];
  readonly bias?: readonly number[];
}

/** Layers one behind the other, `layer 0` first. An image is one pixel whose channels are the features. */
function planOf(layers: readonly LinearLayer[]): NetworkPlan {
  const steps: NetworkPlan["steps"][number][] = [
    { kind: "global_average", name: "features", inputs: ["images"], live: true },
  ];
  layers.forEach(({ weights }, i) => {
    const name = `layer ${i}`, inputs = [steps.at(-1)!.name];
    const layer = { name, inFeatures: weights[0].length, outFeatures: weights.length };
    steps.push({ kind: "linear", name, inputs, live: true, layer });
  });
  const classes = layers.at(-1)!.weights.length;
  return { architecture: { space: "custom", text: "linear" }, scale: {}, classes, steps };
}

/** What is given to a step in place of images and labels. */
export interface Given {
  /** `[sample][feature]` */
  readonly x: readonly (readonly number[])[];
  /** Gradient of the loss towards the output, `[sample][output]`. */
  readonly gradient: readonly (readonly number[])[];
}

/** Hardware-aware training of `layers` by the trainer's own steps, under a loss whose gradient is given. */
export function linearTraining(
  layers: readonly LinearLayer[],
  partial: PartialConfig,
  { seed = 1, optimizer, learningRate }: {
    readonly seed?: number;
    readonly optimizer?: Optimizer;
    readonly learningRate?: number;
  } = {},
) {
  const config: Config = resolveConfig(partial), plan = planOf(layers);
  let outputGradient: Tensor2D | undefined, output: Float32Array | undefined;
  const crossbars: Crossbars = {
    // The loss is linear in the output, so that its gradient is the given one, exactly.
    backend: {
      ...backend,
      crossEntropy: (logits) => {
        output = logits.dataSync() as Float32Array;
        return tf.sum(tf.mul(logits as Tensor, outputGradient!));
      },
    },
    kernel,
    periphery: periphery(config.hardware),
  };
  const state = Object.fromEntries(layers.flatMap(({ weights, bias }, i) => [
    [`layer ${i}.weight`, Float32Array.from(weights.flat())],
    [`layer ${i}.bias`, Float32Array.from(bias ?? weights.map(() => 0))],
  ]));
  const network = convert(plan, state, config.hardware);
  const setting = hwtSetting(crossbars, network, config, seed);
  const chosen = optimizer ?? sgd(backend, config.training);
  let now = loadState(setting, network, 0, {});
  return {
    /** The tensors that the coming step computes with. */
    state: (): HwtState => now,
    /** A tile's weights with the coming step's noise, `[in][out]`. */
    noisy: (tile: string) => now.tiles[tile].noisyWeights.arraySync() as number[][],
    tiles: () => tilesOf(networkOf(setting, now)),
    network: (): AnalogNetwork => networkOf(setting, now),
    /** Takes a step; returns its output, `[sample x output]`. */
    step({ x, gradient }: Given): Float32Array {
      outputGradient = tf.tensor2d(gradient.map((row) => [...row]));
      const images = tf.tensor4d(x.flat(), [x.length, 1, 1, x[0].length]);
      const labels = new Uint8Array(x.length), rate = learningRate ?? config.hwt.learningRate;
      now = hwtStep(setting, now, chosen, images, labels, rate).state;
      tf.dispose([images, outputGradient]);
      return output!;
    },
  };
}

/** An optimizer of one parameter alone, and the gradients that it was given; the others stay. */
export function recording(inner: Optimizer | null, only: string) {
  const gradients: number[] = [];
  const optimizer: Optimizer = {
    step(parameters, all, learningRate) {
      gradients.push(all[only].dataSync()[0]);
      const one: NamedTensors = { [only]: parameters[only] }, gradient = { [only]: all[only] };
      const { [only]: _, ...others } = all;
      tf.dispose(others);
      if (inner !== null) return { ...parameters, ...inner.step(one, gradient, learningRate) };
      tf.dispose(gradient);
      return parameters;
    },
    tensors: () => inner?.tensors() ?? {},
    restore: (tensors) => inner?.restore(tensors),
  };
  return { optimizer, gradients };
}
