import { shown } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import { didYouMean } from "../../nearest.ts";

/** The five operations of a NAS-Bench-201 edge, in the numbering of the published table. */
export const OPERATIONS = [
  "skip_connect",
  "none",
  "nor_conv_3x3",
  "nor_conv_1x1",
  "avg_pool_3x3",
] as const;

/** Name of an operation, as in NAS-Bench-201 (Dong & Yang 2020, section 2). */
export type OperationName = (typeof OPERATIONS)[number];

/** An operation's number in the published table: 0 skip, 1 none, 2 3x3, 3 1x1, 4 pooling. */
export type Operation = 0 | 1 | 2 | 3 | 4;

/** The operation of a number or a name. Throws InputError, naming the nearest, for none. */
export function operationOf(operation: Operation | OperationName): Operation {
  const number = typeof operation === "string" && !/^\d$/.test(operation)
    ? OPERATIONS.indexOf(operation)
    : Number(operation);
  if (Number.isInteger(number) && OPERATIONS[number] !== undefined) return number as Operation;
  const operations = OPERATIONS.map((name, k) => `${k} ${name}`).join(", ");
  const hint = typeof operation === "string" ? didYouMean(operation, OPERATIONS) : "";
  throw new InputError(
    `${shown(operation)} is no operation.${hint} Operations are ${operations}.`,
  );
}

/** The input, as it is. */
export const SKIP: Operation = 0;
/** Nothing: the edge is not there. */
export const NONE: Operation = 1;
/** ReLU, 3x3 convolution, batch norm. */
export const CONV_3X3: Operation = 2;
/** ReLU, 1x1 convolution, batch norm. */
export const CONV_1X1: Operation = 3;
/** Mean of 3x3 neighbours. */
export const AVG_POOL: Operation = 4;
