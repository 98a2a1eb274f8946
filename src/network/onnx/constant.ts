/** Constants of an ONNX file: its stored tensors, whichever way they are stored. */
import { basename, dirname, join, normalize } from "node:path";
import { type TensorProto, TensorProto_DataLocation, TensorProto_DataType } from "onnx-buf";
import { InputError } from "../../input_error.ts";

/** A tensor whose values are known, row-major. */
export interface Constant {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  /** True for whole numbers, whose division is cut off. */
  readonly isInteger: boolean;
}

/** Product of a shape's sizes. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Element types that are read: bytes of an element, and how one is read from raw data. */
const TYPES: Readonly<
  Record<number, { bytes: number; isInteger: boolean; read: (v: DataView, at: number) => number }>
> = {
  [TensorProto_DataType.FLOAT]: {
    bytes: 4,
    isInteger: false,
    read: (v, at) => v.getFloat32(at, true),
  },
  [TensorProto_DataType.DOUBLE]: {
    bytes: 8,
    isInteger: false,
    read: (v, at) => v.getFloat64(at, true),
  },
  [TensorProto_DataType.FLOAT16]: {
    bytes: 2,
    isInteger: false,
    read: (v, at) => half(v.getUint16(at, true)),
  },
  [TensorProto_DataType.INT64]: {
    bytes: 8,
    isInteger: true,
    read: (v, at) => Number(v.getBigInt64(at, true)),
  },
  [TensorProto_DataType.INT32]: {
    bytes: 4,
    isInteger: true,
    read: (v, at) => v.getInt32(at, true),
  },
  [TensorProto_DataType.BOOL]: { bytes: 1, isInteger: true, read: (v, at) => v.getUint8(at) },
  [TensorProto_DataType.UINT8]: { bytes: 1, isInteger: true, read: (v, at) => v.getUint8(at) },
  [TensorProto_DataType.INT8]: { bytes: 1, isInteger: true, read: (v, at) => v.getInt8(at) },
};

/** The number that 16 bits of IEEE 754 stand for. */
function half(bits: number): number {
  const sign = bits >> 15 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * The values of `tensor`, a part of the file `path`.
 *
 * @throws InputError for a type that is not read, for external data that are missing, short or outside the
 * file's folder, and for values that are not finite
 */
export function constantOf(tensor: TensorProto, path: string): Constant {
  const file = basename(path), type = TYPES[tensor.dataType];
  if (type === undefined) {
    const name = TensorProto_DataType[tensor.dataType] ?? tensor.dataType;
    throw new InputError(
      `${file}: the tensor "${tensor.name}" holds ${name}, which is not read. Export in float32.`,
    );
  }
  const shape = tensor.dims.map(Number), size = sizeOf(shape);
  const values = storedValues(tensor, path, size * type.bytes, type);
  if (values.length !== size) {
    throw new InputError(
      `${file}: the tensor "${tensor.name}" has ${values.length} values and needs ${size}. ` +
        `Export the network again.`,
    );
  }
  const place = type.isInteger ? -1 : values.findIndex((value) => Number.isNaN(value));
  if (place >= 0) {
    throw new InputError(
      `${file}: value ${place} of the tensor "${tensor.name}" is not a number (NaN). ` +
        `Export the network from weights that are finite.`,
    );
  }
  return { shape, values, isInteger: type.isInteger };
}

function storedValues(
  tensor: TensorProto,
  path: string,
  bytes: number,
  type: typeof TYPES[number],
): number[] {
  const isExternal = tensor.dataLocation === TensorProto_DataLocation.EXTERNAL;
  const raw = isExternal ? externalBytes(tensor, path, bytes) : tensor.rawData;
  if (raw.length > 0) {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    const count = Math.floor(raw.length / type.bytes);
    return Array.from({ length: count }, (_, i) => type.read(view, i * type.bytes));
  }
  if (tensor.floatData.length > 0) return [...tensor.floatData];
  if (tensor.doubleData.length > 0) return [...tensor.doubleData];
  if (tensor.int64Data.length > 0) return tensor.int64Data.map(Number);
  const isHalf = tensor.dataType === TensorProto_DataType.FLOAT16;
  return isHalf ? tensor.int32Data.map(half) : [...tensor.int32Data];
}

function externalBytes(tensor: TensorProto, path: string, bytes: number): Uint8Array {
  const file = basename(path);
  const given = Object.fromEntries(tensor.externalData.map(({ key, value }) => [key, value]));
  const { location = "" } = given, offset = Number(given.offset ?? 0);
  const place = normalize(location);
  if (location === "" || place.startsWith("..") || /^([/\\]|[A-Za-z]:)/.test(location)) {
    throw new InputError(
      `${file} keeps its weights outside its own folder, in ${location}, which is not read. ` +
        `Copy them beside it and export again, or export with external_data=False.`,
    );
  }
  let content: Uint8Array;
  try {
    content = Deno.readFileSync(join(dirname(path), place));
  } catch {
    throw new InputError(
      `${file} keeps its weights in ${location}, which is not there. ` +
        `Copy it beside the .onnx file, or export with external_data=False.`,
    );
  }
  const length = Number(given.length ?? bytes);
  if (!(offset >= 0) || length !== bytes || offset + length > content.length) {
    throw new InputError(
      `${file}: the tensor "${tensor.name}" needs bytes ${offset} to ${offset + bytes} of ` +
        `${location}, which has ${content.length}. Copy the whole file, or export again.`,
    );
  }
  return content.subarray(offset, offset + length);
}

/** A matrix with its axes exchanged. */
export function transposed2D({ shape: [rows, columns], values, isInteger }: Constant): Constant {
  const turned = Array.from(
    { length: values.length },
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)],
  );
  return { shape: [columns, rows], values: turned, isInteger };
}
