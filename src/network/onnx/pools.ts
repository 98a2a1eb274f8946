/** Pools and means. */
import { axisFrom } from "./fold.ts";
import { NodeProblem } from "./node.ts";
import { type Call, type Computed, image, isConstant, knownOrNone } from "./value.ts";
import { evenSides, fullSides, windowed, windowOf } from "./window.ts";

/** Below every number of a network: padding that never wins a maximum. */
const LOWEST = -3e38;

export function readMaxPool(call: Call): Computed {
  const x = image(call), window = windowOf(call, x, []), { size, stride, dilation } = window;
  if (dilation !== 1) throw new NodeProblem(`dilations = ${dilation} is not read`);
  if (call.node.output.length > 1) throw new NodeProblem("its second output is not read");
  const sides = fullSides(window), even = evenSides(sides);
  const padded = even === null
    ? call.add({ kind: "pad", sides, value: LOWEST }, [x.step], "pad")
    : x.step;
  const pool = { kind: "max_pool", size, stride, padding: even ?? 0 } as const;
  return { ...x, step: call.add(pool, [padded]), shape: windowed(x, window) };
}

export function readAveragePool(call: Call): Computed {
  const x = image(call), window = windowOf(call, x, []), { size, stride, dilation } = window;
  if (dilation !== 1) throw new NodeProblem(`dilations = ${dilation} is not read`);
  const padding = fullSides(window), none = { top: 0, left: 0, bottom: 0, right: 0 };
  const isPadded = evenSides(padding) !== 0;
  const counted = call.attributes.int("count_include_pad", 0) === 1 ? window.sides : none;
  const step = isPadded
    ? call.add({ kind: "padded_average_pool", size, stride, padding, counted }, [x.step])
    : call.add({ kind: "average_pool", size, stride, padding: "valid" }, [x.step]);
  return { ...x, step, shape: windowed(x, window) };
}

export function readGlobalAverage(call: Call): Computed {
  const x = image(call);
  const shape = [1, x.shape[1], 1, 1];
  return { ...x, step: call.add({ kind: "global_average" }, [x.step]), shape, isFlat: true };
}

export function readMean(call: Call): Computed {
  const [x] = call.inputs, { attributes } = call;
  if (x === undefined || isConstant(x)) throw new NodeProblem("a mean of constants is not read");
  const given = knownOrNone(call, 1, "axes")?.values ?? attributes.ints("axes", []);
  const axes = given.map((axis) => axisFrom(axis, x.shape.length)).sort((a, b) => a - b);
  const isKept = attributes.int("keepdims", 1) === 1;
  const shape = x.shape.flatMap((n, d) => !axes.includes(d) ? [n] : isKept ? [1] : []);
  const [height, width] = x.channelsLast ? [1, 2] : [2, 3];
  const ended = (): Computed => {
    const step = call.add({ kind: "global_average" }, [x.step]);
    return { step, shape, channelsLast: shape.length === 4 && x.channelsLast, isFlat: true };
  };
  if (x.meanOf !== undefined && axes.length === 1 && axes[0] === x.meanOf) return ended();
  if (x.meanOf === undefined && x.shape.length === 4 && !x.isFlat) {
    if (axes.join() === `${height},${width}`) return ended();
    if (axes.join() === String(width)) return { ...x, shape, meanOf: height };
    if (axes.join() === String(height)) return { ...x, shape, meanOf: isKept ? width : width - 1 };
  }
  throw new NodeProblem(`axes = [${given}] is not read: a mean over height and width is`);
}
