/** The walk over a network's graph in double precision, forward and back. */
import { BATCH_NORM_EPSILON } from "../../backend.ts";
import { InputError } from "../../input_error.ts";
import {
  type BatchNorm,
  IMAGES,
  type Linear,
  type NetworkPlan,
  type Step,
} from "../../network/mod.ts";
import {
  averagePool,
  type Choosing,
  type Computed,
  convolve,
  type Images,
  maxPool,
  moved,
  relu,
  subsample,
  zeros,
} from "./images.ts";

/** Numbers by PyTorch's names and in its layout. */
export type ExactState = Readonly<Record<string, Float64Array>>;

/** What another computation saw, by the step's name: results of ReLUs, inputs of max poolings. */
export type Seen = Readonly<Record<string, ArrayLike<number>>>;

/** A pass in training mode. */
export interface ExactPass {
  /** `[batch, classes]` */
  readonly logits: Float64Array;
  /** Mean and unbiased variance of the batch, as `<norm>.running_mean` and `.running_var`. */
  readonly statistics: ExactState;
  /**
   * Gradients of all that is trained.
   *
   * @param seen where given, ReLUs and poolings take the ways that were taken there
   */
  readonly gradients: (dLogits: Float64Array, seen?: Seen) => ExactState;
  /** The largest difference that a choice of `seen` makes: 0 where all are those made here. */
  readonly turned: (seen: Seen) => number;
}

/** The network in training mode or, with `isTrained`, by its running statistics. */
export function exactPass(
  plan: NetworkPlan,
  state: ExactState,
  images: Images,
  isTrained = false,
): ExactPass {
  const statistics: Record<string, Float64Array> = {},
    values: Record<string, Images> = { [IMAGES]: images };
  let found: Record<string, Float64Array> = {}, seen: Seen = {};
  const onGradient = (name: string) => (gradient: Float64Array) => void (found[name] = gradient);
  const norm = (layer: BatchNorm, x: Images): Computed => {
    const { name, channels } = layer, n = x.data.length / channels;
    const sums = (f: (i: number, c: number) => number) => {
      const sum = new Float64Array(channels);
      for (let i = 0; i < x.data.length; i++) sum[i % channels] += f(i, i % channels);
      return sum;
    };
    const mean = isTrained ? state[`${name}.running_mean`] : sums((i) => x.data[i] / n);
    const variance = isTrained
      ? state[`${name}.running_var`]
      : sums((i, c) => (x.data[i] - mean[c]) ** 2 / n);
    statistics[`${name}.running_mean`] = mean;
    statistics[`${name}.running_var`] = variance.map((v) => v * n / (n - 1));
    const inverse = variance.map((v) => 1 / Math.sqrt(v + BATCH_NORM_EPSILON));
    const [gamma, beta] = [state[`${name}.weight`], state[`${name}.bias`]];
    const standard = x.data.map((v, i) => (v - mean[i % channels]) * inverse[i % channels]);
    const value = {
      data: standard.map((v, i) => v * gamma[i % channels] + beta[i % channels]),
      shape: x.shape,
    };
    const back = (dy: Float64Array) => {
      const dBeta = sums((i) => dy[i]), dGamma = sums((i) => dy[i] * standard[i]);
      onGradient(`${name}.weight`)(dGamma);
      onGradient(`${name}.bias`)(dBeta);
      return [
        dy.map((g, i) => {
          const c = i % channels;
          return gamma[c] * inverse[c] * (g - dBeta[c] / n - standard[i] * dGamma[c] / n);
        }),
      ];
    };
    return { value, back };
  };
  const linear = ({ name, inFeatures, outFeatures }: Linear, x: Images): Computed => {
    const batch = x.shape[0], weights = state[`${name}.weight`], bias = state[`${name}.bias`];
    const layer = {
      name,
      inChannels: inFeatures,
      outChannels: outFeatures,
      kernel: 1,
      stride: 1,
    } as const;
    const settings = { padding: 0, groups: 1, dilation: 1, readsData: false } as const;
    const { value, back } = convolve(
      { ...layer, ...settings },
      weights,
      x,
      onGradient(`${name}.weight`),
    );
    for (let i = 0; i < value.data.length; i++) value.data[i] += bias[i % outFeatures];
    return {
      value,
      back(dy) {
        const db = new Float64Array(outFeatures);
        for (let i = 0; i < batch * outFeatures; i++) db[i % outFeatures] += dy[i];
        onGradient(`${name}.bias`)(db);
        return back(dy);
      },
    };
  };
  const compute = (step: Step, inputs: readonly Images[]): Computed => {
    const [x] = inputs, [batch, height, width, channels] = x.shape;
    switch (step.kind) {
      case "convolution": {
        const { layer } = step, name = `${layer.name}.weight`;
        const convolved = convolve(layer, state[name], x, onGradient(name));
        if (step.norm === null) return convolved;
        const normed = norm(step.norm, convolved.value);
        return { value: normed.value, back: (dy) => convolved.back(normed.back(dy)[0]) };
      }
      case "batch_norm":
        return norm(step.layer, x);
      case "relu":
        return relu(x, () => seen[step.name]);
      case "average_pool": {
        const isSame = step.padding === "same";
        if (isSame && step.stride !== 1) break;
        return averagePool(x, step.size, step.stride, isSame ? (step.size - 1) / 2 : 0);
      }
      case "max_pool":
        return maxPool(x, step, () => seen[step.name]);
      case "subsample":
        return subsample(x, step.stride, step.start);
      case "pad_channels": {
        const wide = step.before + channels + step.after;
        return moved(x, [batch, height, width, wide], (place) => {
          const c = place % wide - step.before;
          return c < 0 || c >= channels ? -1 : Math.floor(place / wide) * channels + c;
        });
      }
      case "concatenate":
        return concatenate(inputs);
      case "sum":
        return {
          value: {
            data: x.data.map((_, i) => inputs.reduce((sum, { data }) => sum + data[i], 0)),
            shape: x.shape,
          },
          back: (dy) => inputs.map(() => dy),
        };
      case "zeros":
        return { value: zeros(x.shape), back: () => [new Float64Array(x.data.length)] };
      case "global_average": {
        const pixels = height * width, value = zeros([batch, 1, 1, channels]);
        const place = (i: number) => Math.floor(i / channels / pixels) * channels + i % channels;
        x.data.forEach((v, i) => value.data[place(i)] += v / pixels);
        return { value, back: (dy) => [x.data.map((_, i) => dy[place(i)] / pixels)] };
      }
      case "flatten": {
        const size = height * width * channels;
        if (step.channelsLast) return moved(x, [batch, 1, 1, size], (place) => place);
        return moved(x, [batch, 1, 1, size], (place) => {
          const n = Math.floor(place / size), c = Math.floor(place % size / height / width);
          return n * size + place % (height * width) * channels + c;
        });
      }
      case "linear":
        return linear(step.layer, x);
    }
    throw new InputError(`${step.name}: a ${step.kind} is no step of the search spaces.`);
  };
  const computed = plan.steps.map((step) => {
    const result = compute(step, step.inputs.map((name) => values[name]));
    values[step.name] = result.value;
    return result;
  });
  return {
    logits: computed.at(-1)!.value.data,
    statistics,
    gradients(dLogits, through = {}) {
      found = {}, seen = through;
      const towards: Record<string, Float64Array> = { [plan.steps.at(-1)!.name]: dLogits };
      plan.steps.toReversed().forEach(({ name, inputs }, i) => {
        if (towards[name] === undefined) return;
        const given = computed[computed.length - 1 - i].back(towards[name]);
        inputs.forEach((input, k) => {
          const before = towards[input];
          towards[input] = before === undefined ? given[k] : before.map((g, j) => g + given[k][j]);
        });
      });
      return found;
    },
    turned: (seen) =>
      Math.max(
        0,
        ...plan.steps.flatMap(({ name }, i) => {
          const step = computed[i];
          return name in seen && "turned" in step ? [(step as Choosing).turned(seen[name])] : [];
        }),
      ),
  };
}

function concatenate(inputs: readonly Images[]): Computed {
  const [batch, height, width] = inputs[0].shape, widths = inputs.map(({ shape }) => shape[3]);
  const wide = widths.reduce((a, b) => a + b), value = zeros([batch, height, width, wide]);
  const starts = widths.map((_, k) => widths.slice(0, k).reduce((a, b) => a + b, 0));
  const place = (k: number, i: number) =>
    Math.floor(i / widths[k]) * wide + starts[k] + i % widths[k];
  inputs.forEach(({ data }, k) => data.forEach((v, i) => value.data[place(k, i)] = v));
  return {
    value,
    back: (dy) => inputs.map(({ data }, k) => data.map((_, i) => dy[place(k, i)])),
  };
}
