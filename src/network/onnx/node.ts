/** A node of an ONNX graph, with its attributes read and checked. */
import type { AttributeProto, NodeProto } from "onnx-buf";
import { type Constant, constantOf } from "./constant.ts";

/** What cannot be read of one node; all of a file's are told together. */
export class NodeProblem extends Error {
  override name = "NodeProblem";
}

/** A node's attributes by name, each with the value the standard gives where the file has none. */
export interface Attributes {
  int(name: string, otherwise: number): number;
  float(name: string, otherwise: number): number;
  ints(name: string, otherwise: readonly number[]): readonly number[];
  text(name: string, otherwise: string): string;
  has(name: string): boolean;
}

/** The attributes of `node`. */
export function attributesOf({ attribute }: NodeProto): Attributes {
  const find = (name: string): AttributeProto | undefined =>
    attribute.find((one) => one.name === name);
  return {
    int: (name, otherwise) => Number(find(name)?.i ?? otherwise),
    float: (name, otherwise) => find(name)?.f ?? otherwise,
    ints: (name, otherwise) => find(name)?.ints.map(Number) ?? otherwise,
    text: (name, otherwise) => {
      const value = find(name);
      return value === undefined ? otherwise : new TextDecoder().decode(value.s);
    },
    has: (name) => find(name) !== undefined,
  };
}

/** What a Constant node holds. */
export function constantNode(node: NodeProto, path: string): Constant {
  const [attribute] = node.attribute;
  switch (attribute?.name) {
    case "value":
      return constantOf(attribute.t!, path);
    case "value_float":
      return { shape: [], values: [attribute.f], isInteger: false };
    case "value_int":
      return { shape: [], values: [Number(attribute.i)], isInteger: true };
    case "value_floats":
      return { shape: [attribute.floats.length], values: attribute.floats, isInteger: false };
    case "value_ints":
      return {
        shape: [attribute.ints.length],
        values: attribute.ints.map(Number),
        isInteger: true,
      };
    default:
      throw new NodeProblem(`a constant given as ${attribute?.name ?? "nothing"} is not read`);
  }
}

/** How messages call a node: its operation with its domain, and its name or else its first output. */
export function nodeText({ domain, opType, name, output }: NodeProto): string {
  const operation = domain === "" || domain === "ai.onnx" ? opType : `${domain}.${opType}`;
  return name === "" ? `${operation} (output "${output[0]}")` : `${operation} "${name}"`;
}
