/** Nodes that move numbers without changing them. */
import { integers, reshaped, sliceOf, slicePlaces, squeezed } from "./fold.ts";
import { axisFrom } from "./fold.ts";
import { sizeOf } from "./constant.ts";
import { NodeProblem } from "./node.ts";
import {
  type Call,
  type Computed,
  computed,
  image,
  isConstant,
  known,
  knownOrNone,
  type Value,
} from "./value.ts";

/** `x` as `[batch, all else]`, or in the file's own form of `[batch, features]`. */
function flat(call: Call, x: Computed, shape: readonly number[]): Computed {
  if (shape.join() === x.shape.join()) return x;
  const features = sizeOf(x.shape);
  const isFlat = shape[0] === 1 && shape[1] === features && sizeOf(shape) === features;
  if (!isFlat || (shape.length !== 2 && !(x.isFlat && shape.length === 4))) {
    throw new NodeProblem(
      `[${x.shape}] to [${shape}] is not read: all but the batch in one axis is`,
    );
  }
  const step = x.isFlat
    ? x.step
    : call.add(x.channelsLast ? { kind: "flatten", channelsLast: true } : { kind: "flatten" }, [
      x.step,
    ]);
  return { step, shape, channelsLast: false, isFlat: true };
}

export function readFlatten(call: Call): Computed {
  const x = computed(call), axis = axisFrom(call.attributes.int("axis", 1), x.shape.length);
  if (axis !== 1) throw new NodeProblem(`axis = ${axis} is not read: 1`);
  return flat(call, x, [1, sizeOf(x.shape)]);
}

export function readReshape(call: Call): Computed {
  const x = computed(call);
  return flat(call, x, reshaped(x.shape, known(call, 1, "shape").values));
}

export function readSqueeze(call: Call): Computed {
  const x = computed(call);
  const axes = knownOrNone(call, 1, "axes")?.values ?? call.attributes.ints("axes", []);
  if (axes.length === 0) throw new NodeProblem("without axes it would take the batch too");
  return flat(call, x, squeezed(x.shape, axes));
}

export function readShape(call: Call): Value {
  const [x] = call.inputs, { shape } = x!;
  const { attributes } = call;
  return integers(shape.slice(attributes.int("start", 0), attributes.int("end", shape.length)));
}

export function readTranspose(call: Call): Computed {
  const x = computed(call), perm = call.attributes.ints("perm", []).join();
  const toLast = perm === "0,2,3,1" && !x.channelsLast,
    toFirst = perm === "0,3,1,2" && x.channelsLast;
  if (x.shape.length !== 4 || !(toLast || toFirst)) {
    throw new NodeProblem(
      `perm = [${perm}] of [${x.shape}] is not read: channels first or last is`,
    );
  }
  const shape = perm.split(",").map((d) => x.shape[Number(d)]);
  return { ...x, shape, channelsLast: toLast };
}

export function readIdentity(call: Call): Computed {
  const { opType } = call.node;
  if (opType === "Dropout") {
    const mode = call.inputs[2];
    const isTraining = call.node.input[2] !== undefined && call.node.input[2] !== "" &&
      !(isConstant(mode) && mode.values[0] === 0);
    if (isTraining) {
      throw new NodeProblem("training_mode is on; call model.eval() before the export");
    }
  }
  const to = call.attributes.int("to", 1);
  if (opType === "Cast" && to !== 1) throw new NodeProblem(`to = ${to} is not read: 1 (float32)`);
  return computed(call);
}

export function readConcat(call: Call): Computed {
  const parts = call.inputs.map((_, i) => computed(call, i)), [x] = parts;
  const channels = x.channelsLast ? 3 : 1, { shape } = x;
  const axis = axisFrom(call.attributes.int("axis", 1), shape.length);
  const isJoined = axis === channels &&
    parts.every((part) =>
      part.shape.length === 4 && !part.isFlat && part.channelsLast === x.channelsLast &&
      part.shape.with(axis, 0).join() === shape.with(axis, 0).join()
    );
  if (!isJoined) throw new NodeProblem(`axis = ${axis} is not read: images joined by channels are`);
  const joined = shape.with(axis, parts.reduce((sum, part) => sum + part.shape[axis], 0));
  const step = call.add({ kind: "concatenate" }, parts.map((part) => part.step));
  return { ...x, step, shape: joined };
}

export function readSlice(call: Call): Computed {
  const x = image(call),
    constants = call.inputs.map((_, i) => i === 0 ? undefined : knownOrNone(call, i, "bounds"));
  return sliceOf(call.attributes, constants, 4).reduce((part, { axis, start, end, step }) => {
    const places = slicePlaces(part.shape[axis], start, end, step);
    if (places.length === part.shape[axis] && places[0] === 0) return part;
    if (axis < 2 || places.length === 0) {
      throw new NodeProblem(`a slice ${start}:${end}:${step} of axis ${axis} is not read`);
    }
    const side = axis === 2 ? "height" : "width";
    const name = call.add({ kind: "pick", axis: side, places }, [part.step], side);
    return { ...part, step: name, shape: part.shape.with(axis, places.length) };
  }, x);
}

export function readPad(call: Call): Computed {
  const x = image(call), { attributes } = call, mode = attributes.text("mode", "constant");
  if (mode !== "constant") throw new NodeProblem(`mode = ${mode} is not read: constant`);
  const pads = knownOrNone(call, 1, "pads")?.values ?? attributes.ints("pads", []);
  const value = knownOrNone(call, 2, "value")?.values[0] ?? attributes.float("value", 0);
  const axes = knownOrNone(call, 3, "axes")?.values ?? pads.slice(pads.length / 2).map((_, i) => i);
  const before = [0, 0, 0, 0], after = [0, 0, 0, 0];
  axes.forEach((axis, i) => {
    before[axisFrom(axis, 4)] = pads[i];
    after[axisFrom(axis, 4)] = pads[axes.length + i];
  });
  const [, channels] = before, more = after[1];
  if (
    before[0] + after[0] !== 0 || pads.some((n) => n < 0) || (channels + more > 0 && value !== 0)
  ) {
    throw new NodeProblem(`pads = [${pads}] with the value ${value} is not read`);
  }
  const sides = { top: before[2], left: before[3], bottom: after[2], right: after[3] };
  let step = x.step;
  if (channels + more > 0) {
    step = call.add({ kind: "pad_channels", before: channels, after: more }, [step], "channels");
  }
  if (Object.values(sides).some((n) => n > 0)) {
    step = call.add({ kind: "pad", sides, value }, [step]);
  }
  return { ...x, step, shape: x.shape.map((n, d) => n + before[d] + after[d]) };
}
