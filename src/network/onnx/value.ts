/** What the names of an ONNX graph stand for while it is read, and what reading a node may use. */
import type { NodeProto } from "onnx-buf";
import type { BatchNorm } from "../layers.ts";
import type { StepOperation } from "../plan.ts";
import type { Constant } from "./constant.ts";
import { type Attributes, NodeProblem } from "./node.ts";

/** A tensor that is computed from the images: what a step gives. Its batch counts as 1 while reading. */
export interface Computed {
  readonly step: string;
  /** As the file sees it: `[1, channels, height, width]`, `[1, height, width, channels]`, `[1, features]`. */
  readonly shape: readonly number[];
  /** Whether the file has the channels as its last axis. */
  readonly channelsLast: boolean;
  /** Whether the step gives `[batch, channels]`, whatever axes of size 1 the file adds. */
  readonly isFlat: boolean;
  /** The axis whose mean is still to be taken, where the file takes that of height and width one by one. */
  readonly meanOf?: number;
}

/** A constant, a computed tensor, or undefined: what a node gives that cannot be read. */
export type Value = Constant | Computed | undefined;

/** Whether a value is known while reading. */
export const isConstant = (value: Value): value is Constant =>
  value !== undefined && "values" in value;

/** A node to be read. */
export interface Call {
  readonly node: NodeProto;
  readonly attributes: Attributes;
  readonly inputs: readonly Value[];
  readonly opset: number;
  /** Name for the node's layer: its own, or that of its first output. */
  readonly name: string;
  /** Adds a step named after the node, or after a part of it, and gives its name. */
  readonly add: (operation: StepOperation, inputs: readonly string[], part?: string) => string;
  /** Writes an entry of the state. */
  readonly store: (name: string, values: readonly number[]) => void;
  /** Takes over the batch norm behind the node where nothing else reads the node; null where there is none. */
  readonly takeNorm: (bias: readonly number[]) => BatchNorm | null;
}

/** Input `place` as a computed tensor with all its axes. Throws NodeProblem where it is none. */
export function computed({ inputs }: Call, place = 0): Computed {
  const value = inputs[place];
  if (value === undefined || isConstant(value)) {
    throw new NodeProblem(`input ${place} is a constant where a computed tensor is read`);
  }
  if (value.meanOf !== undefined) {
    throw new NodeProblem("a mean over height or width alone is not read");
  }
  return value;
}

/** Input `place` as an image `[batch, channels, height, width]`. */
export function image(call: Call, place = 0): Computed {
  const value = computed(call, place);
  if (value.shape.length !== 4 || value.isFlat || value.channelsLast) {
    throw new NodeProblem(
      `its input has the shape [${value.shape}], not that of images with channels first`,
    );
  }
  return value;
}

/** Input `place`, which must be known. `what` is its role in the message. */
export function known({ inputs }: Call, place: number, what: string): Constant {
  const value = inputs[place];
  if (!isConstant(value)) {
    throw new NodeProblem(`its ${what} is computed or missing, and must be stored in the file`);
  }
  return value;
}

/** Input `place`, which must be known where it is given. */
export function knownOrNone(call: Call, place: number, what: string): Constant | undefined {
  return (call.node.input[place] ?? "") === "" ? undefined : known(call, place, what);
}
