/** Operations on constants, computed while the file is read: shapes, sizes and bounds that exporters write out. */
import type { NodeProto } from "onnx-buf";
import { type Constant, constantOf, sizeOf } from "./constant.ts";
import { type Attributes, NodeProblem } from "./node.ts";

/** A binary operation of two numbers. */
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/** The axis counted from the front. */
export const axisFrom = (axis: number, rank: number): number => axis < 0 ? axis + rank : axis;

/** A constant of whole numbers. */
export const integers = (values: readonly number[]): Constant => ({
  shape: [values.length],
  values,
  isInteger: true,
});

/** Result of `node` on constants; undefined for an operation that is not folded. */
export function fold(
  node: NodeProto,
  attributes: Attributes,
  inputs: readonly (Constant | undefined)[],
  path: string,
): Constant | undefined {
  const [x, y] = inputs as Constant[];
  const axes = y?.values ?? attributes.ints("axes", []);
  switch (node.opType) {
    case "Identity":
    case "CastLike":
      return x;
    case "Cast":
      return { ...x, isInteger: [2, 3, 5, 6, 7, 9].includes(attributes.int("to", 1)) };
    case "ConstantOfShape": {
      const value = node.attribute.find(({ name }) => name === "value")?.t;
      const filled = value === undefined ? undefined : constantOf(value, path);
      const values = new Array(sizeOf(x.values)).fill(filled?.values[0] ?? 0);
      return { shape: x.values, values, isInteger: filled?.isInteger ?? false };
    }
    case "Unsqueeze": {
      const rank = x.shape.length + axes.length, sizes = [...x.shape];
      for (const axis of axes.map((a) => axisFrom(a, rank)).sort((a, b) => a - b)) {
        sizes.splice(axis, 0, 1);
      }
      return { ...x, shape: sizes };
    }
    case "Squeeze":
      return { ...x, shape: squeezed(x.shape, axes) };
    case "Reshape":
      return { ...x, shape: reshaped(x.shape, y.values) };
    case "Expand":
      return expanded(x, y.values);
    case "Gather":
      return gathered(x, y, axisFrom(attributes.int("axis", 0), x.shape.length));
    case "Concat":
      return concatenated(inputs as Constant[]);
    case "Transpose": {
      const reversed = x.shape.map((_, d) => x.shape.length - 1 - d);
      return transposed(x, attributes.ints("perm", reversed));
    }
    case "Slice":
      return sliced(x, attributes, inputs);
    default:
      return node.opType in ARITHMETIC ? combined(x, y, ARITHMETIC[node.opType]) : undefined;
  }
}

/** `shape` without its axes of size 1, or without `axes`. */
export function squeezed(shape: readonly number[], axes: readonly number[]): number[] {
  const dropped = axes.map((axis) => axisFrom(axis, shape.length));
  return shape.filter((size, d) => axes.length === 0 ? size !== 1 : !dropped.includes(d));
}

/** What Reshape to `target` makes of `shape`: 0 keeps a size, -1 takes the rest. */
export function reshaped(shape: readonly number[], target: readonly number[]): number[] {
  const sizes = target.map((size, d) => size === 0 ? shape[d] : size);
  const known = sizeOf(sizes.filter((size) => size !== -1));
  return sizes.map((size) => size === -1 ? sizeOf(shape) / known : size);
}

/** The positions that a slice takes from an axis of `size`, by ONNX's rules. */
export function slicePlaces(size: number, start: number, end: number, step: number): number[] {
  const low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
  const clamp = (n: number) => Math.min(Math.max(n < 0 ? n + size : n, low), high);
  const first = Math.min(clamp(start), size - 1 + (step > 0 ? 1 : 0)), last = clamp(end);
  const count = Math.max(0, Math.ceil((last - first) / step));
  return Array.from({ length: count }, (_, i) => first + i * step);
}

/** Starts, ends, axes and steps of a Slice, as attributes (up to opset 9) or as inputs. */
export function sliceOf(
  attributes: Attributes,
  inputs: readonly (Constant | undefined)[],
  rank: number,
) {
  const read = (place: number, name: string, otherwise: readonly number[]) =>
    inputs[place]?.values ?? attributes.ints(name, otherwise);
  const starts = read(1, "starts", []), ends = read(2, "ends", []);
  const axes = read(3, "axes", starts.map((_, i) => i)), steps = read(4, "steps", []);
  return starts.map((start, i) => ({
    axis: axisFrom(axes[i], rank),
    start,
    end: ends[i],
    step: steps[i] ?? 1,
  }));
}

function sliced(
  x: Constant,
  attributes: Attributes,
  inputs: readonly (Constant | undefined)[],
): Constant {
  return sliceOf(attributes, inputs, x.shape.length).reduce(
    (part, { axis, start, end, step }) =>
      taken(part, axis, slicePlaces(part.shape[axis], start, end, step)),
    x,
  );
}

/** The `places` of an axis. */
function taken(x: Constant, axis: number, places: readonly number[]): Constant {
  const shape = x.shape.with(axis, places.length);
  const inner = sizeOf(x.shape.slice(axis + 1)), size = x.shape[axis];
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => {
    const within = i % inner, place = Math.floor(i / inner) % places.length;
    const outer = Math.floor(i / inner / places.length);
    return x.values[(outer * size + places[place]) * inner + within];
  });
  return { ...x, shape, values };
}

function gathered(x: Constant, places: Constant, axis: number): Constant {
  const wanted = places.values.map((place) => axisFrom(place, x.shape[axis]));
  const part = taken(x, axis, wanted);
  return { ...part, shape: x.shape.toSpliced(axis, 1, ...places.shape) };
}

function concatenated(parts: readonly Constant[]): Constant {
  if (parts.some(({ shape }) => shape.length !== 1)) {
    throw new NodeProblem("constants of more than one axis are not joined");
  }
  return { ...integers(parts.flatMap(({ values }) => values)), isInteger: parts[0].isInteger };
}

/** `x` with its axes in the order `perm`. */
export function transposed(x: Constant, perm: readonly number[]): Constant {
  const shape = perm.map((d) => x.shape[d]);
  const strides = x.shape.map((_, d) => sizeOf(x.shape.slice(d + 1)));
  const values = Array.from({ length: x.values.length }, (_, i) => {
    let rest = i, at = 0;
    for (let d = shape.length - 1; d >= 0; d--) {
      at += (rest % shape[d]) * strides[perm[d]];
      rest = Math.floor(rest / shape[d]);
    }
    return x.values[at];
  });
  return { ...x, shape, values };
}

/** `x` repeated to the shape that it and `target` have in common. */
function expanded(x: Constant, target: readonly number[]): Constant {
  const rank = Math.max(x.shape.length, target.length);
  const from = [...new Array(rank - x.shape.length).fill(1), ...x.shape];
  const to = [...new Array(rank - target.length).fill(1), ...target];
  return from.reduce(
    (part: Constant, size, d) =>
      size === 1 && to[d] > 1 ? taken(part, d, new Array(to[d]).fill(0)) : part,
    { ...x, shape: from },
  );
}

function combined(x: Constant, y: Constant, compute: (a: number, b: number) => number): Constant {
  const a = expanded(x, y.shape), b = expanded(y, a.shape);
  const isInteger = x.isInteger && y.isInteger;
  const values = a.values.map((value, i) => {
    const result = compute(value, b.values[i]);
    return isInteger ? Math.trunc(result) : result;
  });
  return { shape: a.shape, values, isInteger };
}
