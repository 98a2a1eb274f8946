/** An ONNX graph becomes a plan and a state; all that cannot be read is told at once. */
import { basename } from "node:path";
import type { NodeProto } from "onnx-buf";
import { InputError } from "../../input_error.ts";
import type { BatchNorm } from "../layers.ts";
import { IMAGES, type ImageShape, imagesOf, type NetworkPlan, type Step } from "../plan.ts";
import type { State } from "../state.ts";
import { stepList } from "../steps.ts";
import {
  readConcat,
  readFlatten,
  readIdentity,
  readPad,
  readReshape,
  readShape,
  readSlice,
  readSqueeze,
  readTranspose,
} from "./arrangement.ts";
import { readArithmetic, readClip, readRelu } from "./elementwise.ts";
import { fold } from "./fold.ts";
import { customName, type ImageScaling, withScaledImages } from "./identity.ts";
import { inputOf } from "./input.ts";
import type { OnnxFile } from "./model.ts";
import { attributesOf, constantNode, NodeProblem, nodeText } from "./node.ts";
import { readAveragePool, readGlobalAverage, readMaxPool, readMean } from "./pools.ts";
import { type Call, type Computed, computed, isConstant, type Value } from "./value.ts";
import {
  normOf,
  readBatchNorm,
  readConvolution,
  readGemm,
  readMatMul,
  storeNorm,
} from "./weighted.ts";

/** What the file's output is made of the plan's logits; the plan itself ends with the logits. */
export type OutputForm = "logits" | "probabilities" | "log_probabilities";

/** A network from a file. */
export interface OnnxNetwork {
  readonly plan: NetworkPlan;
  readonly state: State;
  readonly output: OutputForm;
}

/** The images that a network from a file is given. */
export interface GivenImages {
  /** What they go through first, as a step of the network; null or absent where the file takes them as they are. */
  readonly scaling?: ImageScaling | null;
  /** Their size where it is not 32 x 32 in RGB. */
  readonly images?: ImageShape | undefined;
}

/** Operation -> how its node is read. */
const READERS: Readonly<Record<string, (call: Call) => Value>> = {
  Conv: readConvolution,
  BatchNormalization: readBatchNorm,
  Gemm: readGemm,
  MatMul: readMatMul,
  Relu: readRelu,
  Clip: readClip,
  Add: readArithmetic,
  Sum: readArithmetic,
  Sub: readArithmetic,
  Mul: readArithmetic,
  Div: readArithmetic,
  MaxPool: readMaxPool,
  AveragePool: readAveragePool,
  GlobalAveragePool: readGlobalAverage,
  ReduceMean: readMean,
  Flatten: readFlatten,
  Reshape: readReshape,
  Squeeze: readSqueeze,
  Shape: readShape,
  Transpose: readTranspose,
  Identity: readIdentity,
  Dropout: readIdentity,
  Cast: readIdentity,
  Concat: readConcat,
  Slice: readSlice,
  Pad: readPad,
};

/** Operations that are read on constants alone, or at the end alone. */
const OTHERS = [
  "Constant",
  "ConstantOfShape",
  "Gather",
  "Unsqueeze",
  "Expand",
  "CastLike",
  "Softmax",
  "LogSoftmax",
];

/**
 * The network of `file`. Throws InputError with all that cannot be read.
 */
export function translate(
  file: OnnxFile,
  { scaling = null, images }: GivenImages = {},
): OnnxNetwork {
  const { graph, path, opset } = file, list = stepList(), problems: string[] = [];
  const state: Record<string, Float32Array> = {};
  const values = new Map<string, Value>(Object.entries(file.constants));
  values.set(file.input.name, inputOf(file, imagesOf({ images })));
  const outputName = graph.output[0].name, taken = new Set<string>(), done = new Set<NodeProto>();
  const reads = graph.node.flatMap(({ input }) => input).concat(outputName);
  let output: OutputForm = "logits";

  const unique = (wanted: string) => {
    let name = wanted;
    for (let i = 2; taken.has(name); i++) name = `${wanted}:${i}`;
    taken.add(name);
    return name;
  };
  const store: Call["store"] = (name, numbers) => {
    state[name] = Float32Array.from(numbers);
  };
  const inputsOf = (node: NodeProto) => node.input.map((name) => values.get(name));
  const callOf = (node: NodeProto): Call => {
    const name = unique(node.name || node.output[0]);
    return {
      node,
      name,
      opset,
      attributes: attributesOf(node),
      inputs: inputsOf(node),
      store,
      add: (operation, inputs, part) =>
        list.add(part === undefined ? name : unique(`${name}/${part}`), operation, inputs),
      takeNorm: (bias) => takeNorm(node, bias),
    };
  };
  const takeNorm = ({ output: [result] }: NodeProto, bias: readonly number[]): BatchNorm | null => {
    const norm = graph.node.find(({ opType, input, domain }) =>
      opType === "BatchNormalization" && domain === "" && input[0] === result
    );
    if (norm === undefined || reads.filter((name) => name === result).length > 1) return null;
    if (norm.input.slice(1).some((name) => !isConstant(values.get(name)))) return null;
    const call = callOf(norm);
    let numbers;
    try {
      numbers = normOf(call);
    } catch {
      return null; // told when the norm itself is read
    }
    // A bias ahead of a batch norm is the same as a mean that much smaller.
    const mean = numbers.mean.map((m, i) => m - (bias[i] ?? 0));
    storeNorm(store, call.name, { ...numbers, mean });
    done.add(norm);
    return { name: call.name, channels: numbers.scale.length };
  };

  const readNode = (node: NodeProto): Value => {
    const { opType, domain } = node, missing = node.input.find((n) => n !== "" && !values.has(n));
    if (missing !== undefined) throw new NodeProblem(`it reads "${missing}", which no node writes`);
    const isStandard = domain === "" || domain === "ai.onnx";
    if (!isStandard || !(opType in READERS || OTHERS.includes(opType))) {
      const isQuantized = /Quantize|QLinear|Integer/.test(opType);
      throw new NodeProblem(
        isQuantized
          ? "quantized networks are not read; import the float file, it is quantized here"
          : "this operation is not supported",
      );
    }
    if (opType === "Constant") return constantNode(node, path);
    const call = callOf(node), { inputs } = call;
    const given = node.input.map((name, i) => name === "" ? undefined : inputs[i]);
    if (
      opType !== "Shape" && given.every((value, i) => isConstant(value) || node.input[i] === "")
    ) {
      const folded = fold(
        node,
        call.attributes,
        given.map((v) => isConstant(v) ? v : undefined),
        path,
      );
      if (folded !== undefined) return folded;
    }
    const holdsWeight = ["Conv", "Gemm", "MatMul"].includes(opType);
    const isUnknown = node.input.some((name, i) => name !== "" && inputs[i] === undefined);
    if (isUnknown && !holdsWeight) return undefined; // what is behind a problem is none of its own
    if (isUnknown && isConstant(inputs[1])) return undefined;
    if (opType === "Softmax" || opType === "LogSoftmax") {
      output = opType === "Softmax" ? "probabilities" : "log_probabilities";
      return atEnd(call, outputName);
    }
    const read = READERS[opType];
    if (read === undefined) throw new NodeProblem("it is read on constants only");
    return read(call);
  };

  for (const node of graph.node) {
    if (done.has(node)) {
      values.set(node.output[0], values.get(node.input[0]));
      continue;
    }
    let value: Value;
    try {
      value = readNode(node);
    } catch (error) {
      if (!(error instanceof NodeProblem)) throw error;
      problems.push(`${nodeText(node)}: ${error.message}.`);
    }
    node.output.forEach((name, i) => values.set(name, i === 0 ? value : undefined));
  }
  const result = values.get(outputName);
  if (problems.length === 0) {
    const isLogits = result !== undefined && !isConstant(result) && result.isFlat &&
      result.shape.length === 2 && result.meanOf === undefined;
    if (!isLogits) problems.push(`its output "${outputName}" is not [batch, classes].`);
  }
  if (problems.length > 0) {
    throw new InputError(
      `${basename(path)} cannot be read:\n  ${problems.join("\n  ")}\n` +
        `Replace these operations in the network and export it again. Read are ` +
        `${[...Object.keys(READERS), ...OTHERS].sort().join(", ")}.`,
    );
  }
  const { step, shape: [, classes] } = result as Computed;
  const needed = reaching(list.steps, step);
  const steps = scaling === null ? needed : withScaledImages(needed, scaling);
  const text = customName(basename(path).replace(/\.onnx$/, ""), steps, state);
  const architecture = { space: "custom", text } as const;
  const plan = { architecture, scale: {}, classes, ...images && { images }, steps };
  return { plan, state, output };
}

/** The input of a softmax over the classes that ends the network. */
function atEnd(call: Call, outputName: string): Computed {
  const x = computed(call), { node, attributes, opset } = call;
  const axis = attributes.int("axis", opset < 13 ? 1 : -1);
  if (node.output[0] !== outputName || x.shape.length !== 2 || (axis !== 1 && axis !== -1)) {
    throw new NodeProblem(`it is read at the end, over the classes, only (axis = ${axis})`);
  }
  return x;
}

/** The steps that `last` needs, in their order. */
function reaching(steps: readonly Step[], last: string): Step[] {
  const needed = new Set([last]);
  for (const { name, inputs } of steps.toReversed()) {
    if (needed.has(name)) inputs.filter((i) => i !== IMAGES).forEach((input) => needed.add(input));
  }
  return steps.filter(({ name }) => needed.has(name));
}
