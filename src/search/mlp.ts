/**
 * A small fully connected network for regression on sparse binary inputs, by hand on typed arrays: at
 * twenty units a layer the call overhead of a tensor library would exceed the arithmetic.
 */
import { permutation, type Prng } from "../random.ts";

export interface MlpOptions {
  /** Length of the binary input. */
  readonly inputs: number;
  /** Units of every hidden layer. */
  readonly width: number;
  /** Hidden layers, each followed by a ReLU. */
  readonly layers: number;
  readonly epochs: number;
  readonly batch: number;
  /** Step size of Adam (beta 0.9 and 0.999). */
  readonly learningRate: number;
}

/** Prediction for an input given as its set bits. */
export type Predict = (bits: readonly number[]) => number;

/** Weights of one layer, row by row per input [inputs + 1, outputs], the last row the bias; Adam's moments beside. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float64Array;
  readonly gradient: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** What the layer gave for the present sample [outputs]. */
  readonly values: Float64Array;
  /** Gradient of the loss by `values` [outputs]. */
  readonly back: Float64Array;
}

/** He initialisation (He et al. 2015, eq. 10), biases zero. `active`: inputs that are non-zero at a time. */
function createLayer(inputs: number, outputs: number, active: number, random: Prng): Layer {
  const size = (inputs + 1) * outputs, scale = Math.sqrt(2 / active);
  const weights = new Float64Array(size);
  for (let i = 0; i < inputs * outputs; i++) weights[i] = scale * random.normal();
  const zeros = () => new Float64Array(size);
  return {
    inputs,
    outputs,
    weights,
    gradient: zeros(),
    first: zeros(),
    second: zeros(),
    values: new Float64Array(outputs),
    back: new Float64Array(outputs),
  };
}

/**
 * Trains with mean squared error and Adam (Kingma & Ba 2015, algorithm 1).
 *
 * @param samples set bits of each sample
 * @param targets one number a sample, of about unit variance
 */
export function trainMlp(
  samples: readonly (readonly number[])[],
  targets: ArrayLike<number>,
  { inputs, width, layers, epochs, batch, learningRate }: MlpOptions,
  random: Prng,
): Predict {
  const net = Array.from({ length: layers + 1 }, (_, i) =>
    createLayer(
      i === 0 ? inputs : width,
      i === layers ? 1 : width,
      i === 0 ? 4 : width,
      random,
    ));
  const output = net[layers];
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = permutation(samples.length, random);
    for (let start = 0; start < order.length; start += batch) {
      const end = Math.min(start + batch, order.length);
      for (let i = start; i < end; i++) {
        forward(net, samples[order[i]]);
        output.back[0] = (2 * (output.values[0] - targets[order[i]])) / (end - start);
        backward(net, samples[order[i]]);
      }
      step++;
      for (const layer of net) adam(layer, step, learningRate);
    }
  }
  return (bits) => {
    forward(net, bits);
    return output.values[0];
  };
}

function forward(net: readonly Layer[], bits: readonly number[]): void {
  for (let l = 0; l < net.length; l++) {
    const { inputs, outputs, weights, values } = net[l];
    for (let j = 0, bias = inputs * outputs; j < outputs; j++) values[j] = weights[bias + j];
    if (l === 0) {
      for (const bit of bits) {
        for (let j = 0, row = bit * outputs; j < outputs; j++) values[j] += weights[row + j];
      }
    } else {
      const input = net[l - 1].values;
      for (let i = 0; i < inputs; i++) {
        const x = input[i];
        if (x === 0) continue;
        for (let j = 0, row = i * outputs; j < outputs; j++) values[j] += x * weights[row + j];
      }
    }
    if (l < net.length - 1) { for (let j = 0; j < outputs; j++) if (values[j] < 0) values[j] = 0; }
  }
}

/** Adds the gradient of the present sample; the last layer's `back` is already set. */
function backward(net: readonly Layer[], bits: readonly number[]): void {
  for (let l = net.length - 1; l >= 0; l--) {
    const { inputs, outputs, weights, gradient, back } = net[l];
    for (let j = 0, bias = inputs * outputs; j < outputs; j++) gradient[bias + j] += back[j];
    if (l === 0) {
      for (const bit of bits) {
        for (let j = 0, row = bit * outputs; j < outputs; j++) gradient[row + j] += back[j];
      }
      continue;
    }
    const { values: input, back: inputBack } = net[l - 1];
    for (let i = 0; i < inputs; i++) {
      const x = input[i];
      let sum = 0;
      if (x > 0) { // a unit that the ReLU cut passes nothing back
        for (let j = 0, row = i * outputs; j < outputs; j++) {
          gradient[row + j] += x * back[j];
          sum += weights[row + j] * back[j];
        }
      }
      inputBack[i] = sum;
    }
  }
}

function adam({ weights, gradient, first, second }: Layer, step: number, rate: number): void {
  const corrected = rate * Math.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step);
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i];
    first[i] = 0.9 * first[i] + 0.1 * g;
    second[i] = 0.999 * second[i] + 0.001 * g * g;
    weights[i] -= (corrected * first[i]) / (Math.sqrt(second[i]) + 1e-8);
    gradient[i] = 0;
  }
}
