/** Nodes that treat each number by itself, and sums. */
import { type Constant, sizeOf } from "./constant.ts";
import { NodeProblem } from "./node.ts";
import { type Call, type Computed, computed, isConstant, knownOrNone } from "./value.ts";

export function readRelu(call: Call): Computed {
  const x = computed(call);
  return { ...x, step: call.add({ kind: "relu" }, [x.step]) };
}

export function readClip(call: Call): Computed {
  const x = computed(call), { attributes } = call;
  const low = knownOrNone(call, 1, "min")?.values[0] ?? attributes.float("min", -Infinity);
  const high = knownOrNone(call, 2, "max")?.values[0] ?? attributes.float("max", Infinity);
  const largest = 3.4e38, isRelu = low === 0 && high > largest;
  const bounds = { low: Math.max(low, -largest), high: Math.min(high, largest) };
  return {
    ...x,
    step: call.add(isRelu ? { kind: "relu" } : { kind: "clip", ...bounds }, [x.step]),
  };
}

/** The numbers of a constant for each channel of `x`, or one for all. */
function perChannel(constant: Constant, x: Computed): readonly number[] {
  if (constant.values.length === 1 && constant.shape.length <= x.shape.length) {
    return constant.values;
  }
  const axis = x.channelsLast ? 3 : 1, rank = x.shape.length;
  const shape = [
    ...new Array(Math.max(0, rank - constant.shape.length)).fill(1),
    ...constant.shape,
  ];
  const isPerChannel = shape.length === rank && shape[axis] === x.shape[axis] &&
    sizeOf(shape) === shape[axis];
  if (!isPerChannel) {
    throw new NodeProblem(
      `a constant of the shape [${constant.shape}] on a tensor [${x.shape}] is not read: ` +
        `one number, or one for each channel`,
    );
  }
  return constant.values;
}

/** Add, Sum, Sub, Mul, Div of computed tensors and constants. */
export function readArithmetic(call: Call): Computed {
  const { node: { opType }, inputs } = call;
  const tensors = inputs.flatMap((input, i) => isConstant(input) ? [] : [computed(call, i)]);
  const constants = inputs.filter(isConstant), [x] = tensors;
  const isSum = opType === "Add" || opType === "Sum";
  if (x === undefined || (!isSum && tensors.length > 1)) {
    throw new NodeProblem("two computed tensors are not read here: one of them a constant");
  }
  for (const { shape, isFlat, channelsLast } of tensors) {
    if (shape.join() !== x.shape.join() || isFlat !== x.isFlat || channelsLast !== x.channelsLast) {
      throw new NodeProblem(`tensors of the shapes [${x.shape}] and [${shape}] are not added`);
    }
  }
  const summed = tensors.length > 1
    ? call.add(
      { kind: "sum" },
      tensors.map(({ step }) => step),
      constants.length ? "sum" : undefined,
    )
    : x.step;
  const step = constants.reduce((input, constant, i) => {
    const c = perChannel(constant, x), isFirst = isConstant(inputs[0]);
    const part = i < constants.length - 1 ? `constant ${i}` : undefined;
    return call.add({ kind: "affine", ...affine(opType, c, isFirst) }, [input], part);
  }, summed);
  return { ...x, step };
}

/** The factor and the offset that stand for an operation with the constant `c`. */
function affine(opType: string, c: readonly number[], isFirst: boolean) {
  switch (opType) {
    case "Sub":
      return isFirst ? { scale: [-1], offset: c } : { scale: [1], offset: c.map((v) => -v) };
    case "Mul":
      return { scale: c, offset: [0] };
    case "Div":
      if (isFirst) throw new NodeProblem("a constant divided by a computed tensor is not read");
      return { scale: c.map((v) => 1 / v), offset: [0] };
    default:
      return { scale: [1], offset: c };
  }
}
