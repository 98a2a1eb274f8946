/** Nodes that hold weights: convolutions, batch norms, linear layers. */
import { BATCH_NORM_EPSILON } from "../../backend.ts";
import { convolution } from "../layers.ts";
import { type Constant, transposed2D } from "./constant.ts";
import { NodeProblem } from "./node.ts";
import { type Call, type Computed, computed, image, known, knownOrNone } from "./value.ts";
import { evenSides, windowed, windowOf } from "./window.ts";

/** A bias of `outputs` numbers; one number stands for all. */
function biasOf(bias: Constant | undefined, outputs: number): number[] {
  if (bias === undefined) return [];
  const { length } = bias.values;
  if (length !== outputs && length !== 1) {
    throw new NodeProblem(`its bias has ${length} numbers for ${outputs} outputs`);
  }
  return Array.from({ length: outputs }, (_, i) => bias.values[length === 1 ? 0 : i]);
}

export function readConvolution(call: Call): Computed {
  const weight = known(call, 1, "weight");
  const bias = knownOrNone(call, 2, "bias"), x = image(call);
  const [outChannels, perGroup, ...kernel] = weight.shape;
  const groups = call.attributes.int("group", 1), inChannels = x.shape[1];
  if (kernel.length !== 2) throw new NodeProblem(`its weight has the shape [${weight.shape}]`);
  if (groups !== 1 && !(groups === inChannels && groups === outChannels)) {
    throw new NodeProblem(
      `group = ${groups} with ${inChannels} channels in and ${outChannels} out is not read: ` +
        `1, or as many as there are channels`,
    );
  }
  if (perGroup * groups !== inChannels) {
    throw new NodeProblem(`its weight takes ${perGroup * groups} channels and gets ${inChannels}`);
  }
  const window = windowOf(call, x, kernel), { size, stride, dilation, sides } = window;
  if (size !== kernel[0] || size !== kernel[1]) {
    throw new NodeProblem(`its weight is ${kernel.join("x")} and kernel_shape says ${size}`);
  }
  if (stride !== 1 && stride !== 2) {
    throw new NodeProblem(`strides = ${stride} is not read: 1 or 2`);
  }
  const even = evenSides(sides);
  const input = even === null
    ? call.add({ kind: "pad", sides, value: 0 }, [x.step], "pad")
    : x.step;
  const layer = convolution(call.name, inChannels, outChannels, size, {
    stride,
    dilation,
    groups,
    padding: even ?? 0,
    readsData: input === "images",
  });
  call.store(`${call.name}.weight`, weight.values);
  const offsets = biasOf(bias, outChannels), norm = call.takeNorm(offsets);
  const result = call.add({ kind: "convolution", layer, norm }, [input]);
  const shape = windowed(x, window, outChannels);
  if (norm !== null || bias === undefined) return { ...x, step: result, shape };
  call.store(`${call.name}.bias`, offsets);
  const withBias = { kind: "bias", layer: { name: call.name, channels: outChannels } } as const;
  return { ...x, step: call.add(withBias, [result], "bias"), shape };
}

/** A batch norm's numbers. */
interface Norm {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

/**
 * Numbers of a batch norm. Networks here have one epsilon: the difference to the file's is added to the
 * variance, which gives the same function. Batch statistics, in training on, use the one epsilon.
 */
export function normOf(call: Call): Norm {
  const { attributes, node } = call;
  if (attributes.int("training_mode", 0) !== 0 || node.output.filter((o) => o !== "").length > 1) {
    throw new NodeProblem(
      `training_mode = 1 takes the statistics of the batch; call model.eval() before the export`,
    );
  }
  if (attributes.int("spatial", 1) !== 1) throw new NodeProblem("spatial = 0 is not read");
  const [scale, offset, mean, variance] = ["scale", "bias", "mean", "variance"].map((what, i) =>
    known(call, i + 1, what).values
  );
  const more = attributes.float("epsilon", 1e-5) - BATCH_NORM_EPSILON;
  const isSame = Math.abs(more) < 1e-9;
  return { scale, offset, mean, variance: isSame ? variance : variance.map((v) => v + more) };
}

/** Writes a batch norm's numbers into the state. */
export function storeNorm(
  store: Call["store"],
  name: string,
  { scale, offset, mean, variance }: Norm,
): void {
  store(`${name}.weight`, scale);
  store(`${name}.bias`, offset);
  store(`${name}.running_mean`, mean);
  store(`${name}.running_var`, variance);
}

export function readBatchNorm(call: Call): Computed {
  const norm = normOf(call), x = computed(call), { name } = call;
  if (x.isFlat) { // behind a linear layer: a factor and an offset
    const scale = norm.scale.map((v, i) => v / Math.sqrt(norm.variance[i] + BATCH_NORM_EPSILON));
    const offset = norm.offset.map((v, i) => v - norm.mean[i] * scale[i]);
    return { ...x, step: call.add({ kind: "affine", scale, offset }, [x.step]) };
  }
  image(call);
  storeNorm(call.store, name, norm);
  const layer = { name, channels: norm.scale.length };
  return { ...x, step: call.add({ kind: "batch_norm", layer }, [x.step]) };
}

/** The linear layer with the weight `[inputs, outputs]`. */
function linear(call: Call, weight: Constant, bias: readonly number[]): Computed {
  const x = computed(call), [inFeatures, outFeatures] = weight.shape;
  if (!x.isFlat || x.shape.length !== 2 || x.shape[1] !== inFeatures) {
    throw new NodeProblem(`its weight takes ${inFeatures} numbers and it reads [${x.shape}]`);
  }
  call.store(`${call.name}.weight`, transposed2D(weight).values);
  call.store(`${call.name}.bias`, bias.length > 0 ? bias : new Array(outFeatures).fill(0));
  const layer = { name: call.name, inFeatures, outFeatures };
  return { ...x, step: call.add({ kind: "linear", layer }, [x.step]), shape: [1, outFeatures] };
}

export function readGemm(call: Call): Computed {
  const { attributes } = call, stored = known(call, 1, "weight");
  const alpha = attributes.float("alpha", 1), beta = attributes.float("beta", 1);
  if (attributes.int("transA", 0) !== 0) throw new NodeProblem("transA = 1 is not read");
  const weight = attributes.int("transB", 0) === 1 ? transposed2D(stored) : stored;
  const bias = biasOf(knownOrNone(call, 2, "bias"), weight.shape[1]);
  const scaled = { ...weight, values: weight.values.map((v) => v * alpha) };
  return linear(call, scaled, bias.map((v) => v * beta));
}

export function readMatMul(call: Call): Computed {
  const weight = known(call, 1, "weight");
  if (weight.shape.length !== 2) throw new NodeProblem(`its weight has shape [${weight.shape}]`);
  return linear(call, weight, []);
}
