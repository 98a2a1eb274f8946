/**
 * The safetensors format: eight bytes with the header's length, a JSON header (dtype, shape and byte
 * range of each tensor, free text under `__metadata__`), the little-endian data.
 * Source: the format's description in the huggingface/safetensors README.
 *
 * Written here because npm has no maintained package for it; only the dtypes that the project stores.
 */
import { InputError } from "../input_error.ts";

const ARRAYS = {
  F32: Float32Array,
  I8: Int8Array,
  U8: Uint8Array,
  I32: Int32Array,
  I64: BigInt64Array,
} as const;
type Dtype = keyof typeof ARRAYS;

/** A tensor on disk: row-major values with their shape. The array's type is the dtype. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int8Array | Uint8Array | Int32Array | BigInt64Array;
}

/** Tensors by name. */
export type StoredTensors = Readonly<Record<string, StoredTensor>>;

interface HeaderEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** The bytes of a safetensors file with `tensors` (in the order of their names) and `metadata`. */
export function encodeSafetensors(
  tensors: StoredTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  // Widest dtype first, then by name: every tensor lies aligned, as the reference writer has it.
  const names = Object.keys(tensors).sort((a, b) =>
    tensors[b].data.BYTES_PER_ELEMENT - tensors[a].data.BYTES_PER_ELEMENT || (a < b ? -1 : 1)
  );
  let offset = 0;
  for (const name of names) {
    const { shape, data } = tensors[name];
    const dtype = (Object.keys(ARRAYS) as Dtype[]).find((d) => data instanceof ARRAYS[d]);
    const size = shape.reduce((product, n) => product * n, 1);
    if (size !== data.length) {
      throw new RangeError(`${name}: shape [${shape}] does not hold ${data.length} values.`);
    }
    header[name] = { dtype, shape, data_offsets: [offset, offset += data.byteLength] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + offset).fill(0x20, 8, 8 + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, 8);
  for (const name of names) {
    const { data } = tensors[name], [start] = (header[name] as HeaderEntry).data_offsets;
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + padded + start);
  }
  return bytes;
}

/**
 * Tensors and metadata of a safetensors file. Throws InputError naming `path` where the bytes are no such
 * file, are truncated, or hold a dtype that the project does not use.
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  path: string,
): { readonly tensors: StoredTensors; readonly metadata: Readonly<Record<string, string>> } {
  const fault = (reason: string) =>
    new InputError(
      `${path} is damaged or no safetensors file: ${reason}. Remove it, or put a sound copy in its place.`,
    );
  if (bytes.length < 8) throw fault(`${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > bytes.length - 8) throw fault(`its header ends beyond its ${bytes.length} bytes`);
  let header: Record<string, HeaderEntry>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw fault("its header is no JSON");
  }
  const { __metadata__: metadata, ...entries } = header;
  const data = bytes.subarray(8 + length), tensors: Record<string, StoredTensor> = {};
  let end = 0;
  for (const [name, entry] of Object.entries(entries)) {
    const array = ARRAYS[entry?.dtype];
    if (array === undefined) throw fault(`${name} has the dtype ${entry?.dtype}`);
    const [start, stop] = entry.data_offsets;
    const size = entry.shape.reduce((product, n) => product * n, 1) * array.BYTES_PER_ELEMENT;
    if (stop - start !== size || start < 0) throw fault(`${name} has ${stop - start} bytes`);
    if (stop > data.length) throw fault(`it ends before ${name} does`);
    // A copy, so that the array is aligned and does not hold the whole file.
    const own = new Uint8Array(data.subarray(start, stop));
    tensors[name] = { shape: entry.shape, data: new array(own.buffer) };
    end = Math.max(end, stop);
  }
  if (end !== data.length) throw fault(`${data.length - end} bytes follow the last tensor`);
  return { tensors, metadata: (metadata ?? {}) as unknown as Record<string, string> };
}
