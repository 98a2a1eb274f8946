/** How a raw TensorFlow op is called. */
import type { Tensor } from "../backend.ts";

/** An op's attribute: its kind and its value. */
export type OpAttribute =
  | readonly ["bool", boolean]
  | readonly ["float", number]
  | readonly ["int", number | readonly number[]]
  | readonly ["string", string]
  | readonly ["type", "float32" | "int32" | "int64"];

/** Runs TensorFlow's op `op` eagerly and returns its `outputs` tensors. Records no gradient. */
export type RunOp = (
  op: string,
  attributes: Readonly<Record<string, OpAttribute>>,
  inputs: readonly Tensor[],
  outputs: number,
) => Tensor[];

export const FLOAT: OpAttribute = ["type", "float32"];
export const INT: OpAttribute = ["type", "int32"];
