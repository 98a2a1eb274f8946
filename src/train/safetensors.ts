/**
 * The safetensors format: eight bytes with the header's length, a JSON header (dtype, shape and byte
 * range of each tensor, free text under `__metadata__`), the little-endian data.
 * Source: the format's description in the huggingface/safetensors README.
 *
 * Written here because npm has no maintained package for it. What the project stores is read as it is;
 * other widths of floating point (F16, BF16, F64), as PyTorch writes them, become float32.
 */
import { z } from "zod";
import { sha256 } from "../checksum.ts";
import { InputError } from "../input_error.ts";

const ARRAYS = {
  F32: Float32Array,
  I8: Int8Array,
  U8: Uint8Array,
  I32: Int32Array,
  I64: BigInt64Array,
} as const;
type Dtype = keyof typeof ARRAYS;

/** Dtypes that are read into float32; a float64 is rounded, the others fit. */
const CONVERTED: Readonly<
  Record<string, { bytes: number; read: (b: ArrayBuffer) => Float32Array }>
> = {
  F16: { bytes: 2, read: (buffer) => Float32Array.from(new Float16Array(buffer)) },
  // The upper half of a float32.
  BF16: {
    bytes: 2,
    read: (buffer) =>
      new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer),
  },
  F64: { bytes: 8, read: (buffer) => Float32Array.from(new Float64Array(buffer)) },
};

/** A tensor on disk: row-major values with their shape. The array's type is the dtype. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int8Array | Uint8Array | Int32Array | BigInt64Array;
}

/** Tensors by name. */
export type StoredTensors = Readonly<Record<string, StoredTensor>>;

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
type HeaderEntry = z.infer<typeof entrySchema>;

/** The header as it stands in the file, in the order in which it stands there. */
interface Header {
  readonly __metadata__?: Readonly<Record<string, string>>;
}

const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()).optional() })
  .catchall(entrySchema);

/** Key of the metadata under which a file says the SHA-256 of all else that it holds. */
const CHECKSUM = "sha256";

/** SHA-256 over what the header says of the tensors, the other metadata, and the tensors' bytes. */
function checksum(header: unknown, metadata: unknown, data: Uint8Array): string {
  const said = new TextEncoder().encode(JSON.stringify([header, metadata]));
  return sha256(said, data);
}

/** The bytes of a safetensors file with `tensors` (in the order of their names), `metadata` and a checksum. */
export function encodeSafetensors(
  tensors: StoredTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = {};
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
      throw new InputError(`${name}: shape [${shape}] does not hold ${data.length} values.`);
    }
    header[name] = { dtype, shape, data_offsets: [offset, offset += data.byteLength] };
  }
  const data = new Uint8Array(offset);
  for (const name of names) {
    const { data: own } = tensors[name], [start] = (header[name] as HeaderEntry).data_offsets;
    data.set(new Uint8Array(own.buffer, own.byteOffset, own.byteLength), start);
  }
  const checked = { [CHECKSUM]: checksum(header, metadata, data), ...metadata };
  const text = new TextEncoder().encode(JSON.stringify({ __metadata__: checked, ...header }));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + offset).fill(0x20, 8, 8 + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + padded);
  return bytes;
}

/** First bytes of files that are taken for safetensors, and what they are. */
const OTHER_FORMATS: readonly (readonly [magic: string, what: string])[] = [
  ["PK\x03\x04", "a zip archive, as torch.save and numpy.savez write"],
  ["\x80\x02", "a pickle, as older versions of torch.save write"],
  ["\x89HDF", "an HDF5 file"],
  ["version https://git-lfs", "a Git LFS pointer, not the file itself; fetch it with git lfs pull"],
];

/** What is in a safetensors file. */
export interface SafetensorsFile {
  readonly tensors: StoredTensors;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Tensors and metadata of a safetensors file. Throws InputError naming `path` where the bytes are no such
 * file, are truncated, or hold a dtype that is not read, or are not those that the file's checksum is of; a
 * file without one, as PyTorch writes it, is read.
 *
 * @param remedy what to do about a file that is damaged
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  path: string,
  remedy = "Put a sound copy in its place, or name another file.",
): SafetensorsFile {
  const start = String.fromCharCode(...bytes.subarray(0, 32));
  const other = OTHER_FORMATS.find(([magic]) => start.startsWith(magic));
  const fault = (reason: string) =>
    new InputError(
      other === undefined
        ? `${path} is damaged or no safetensors file: ${reason}. ${remedy}`
        : `${path} is ${other[1]}. From PyTorch, write it with ` +
          `safetensors.torch.save_file(state_dict, path).`,
    );
  if (bytes.length < 8) throw fault(`${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > bytes.length - 8) throw fault(`its header ends beyond its ${bytes.length} bytes`);
  const { header, entries } = parseHeader(bytes.subarray(8, 8 + length), fault);
  const data = bytes.subarray(8 + length);
  const { [CHECKSUM]: stated, ...metadata } = header.__metadata__ ?? {};
  const { __metadata__: _, ...described } = header;
  const tensors: Record<string, StoredTensor> = {};
  let end = 0;
  for (const [name, { dtype, shape, data_offsets: [start, stop] }] of entries) {
    const array = Object.hasOwn(ARRAYS, dtype) ? ARRAYS[dtype as Dtype] : undefined;
    const converted = CONVERTED[dtype];
    if (array === undefined && converted === undefined) {
      throw new InputError(
        `${path}: ${name} has the dtype ${dtype}, which is not read here. Convert it to F32 ` +
          `(in PyTorch: tensor.float()) and write the file again.`,
      );
    }
    const width = array?.BYTES_PER_ELEMENT ?? converted.bytes;
    const size = shape.reduce((product, n) => product * n, 1) * width;
    if (stop - start !== size) throw fault(`${name} has ${stop - start} bytes`);
    if (stop > data.length) throw fault(`it ends before ${name} does`);
    // A copy, so that the array is aligned and does not hold the whole file.
    const own = new Uint8Array(data.subarray(start, stop)).buffer;
    tensors[name] = { shape, data: array ? new array(own) : converted.read(own) };
    end = Math.max(end, stop);
  }
  if (end !== data.length) throw fault(`${data.length - end} bytes follow the last tensor`);
  if (stated !== undefined && stated !== checksum(described, metadata, data)) {
    throw fault(`it is not what its own ${CHECKSUM} says: something in it was altered`);
  }
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array, fault: (reason: string) => InputError) {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw fault("its header is no JSON");
  }
  const parsed = headerSchema.safeParse(header);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    throw fault(
      `its header is not as the format has it (${path.join(".") || "header"}: ${message})`,
    );
  }
  const { __metadata__: _, ...tensors } = parsed.data;
  return { header: header as Header, entries: Object.entries(tensors) as [string, HeaderEntry][] };
}
