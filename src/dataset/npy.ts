/** Arrays as numpy.save writes them. */
import { parse } from "npyjs";
import { InputError } from "../input_error.ts";
import type { ImageArray } from "./own_images.ts";

/**
 * The array in the bytes of a `.npy` file. Throws InputError naming `path` where they are no such file, are
 * truncated, hold something else than numbers, or are in Fortran's order.
 */
export function parseNpy(bytes: Uint8Array, path: string): ImageArray {
  const fault = (reason: string) =>
    new InputError(
      `${path}: ${reason}. Write it with numpy.save(path, numpy.ascontiguousarray(x)).`,
    );
  if (!/^\x93NUMPY/.test(String.fromCharCode(...bytes.subarray(0, 6)))) {
    throw fault("it is no .npy file");
  }
  let array: ReturnType<typeof parse>;
  try {
    array = parse(new Uint8Array(bytes).buffer);
  } catch (error) {
    throw fault(`it is truncated, or of a dtype that is not read (${(error as Error).message})`);
  }
  const { shape, dtype, fortranOrder } = array, data = array.data as unknown as ImageArray["data"];
  if (fortranOrder && shape.length > 1) throw fault("it is in Fortran's order");
  const size = shape.reduce((product, n) => product * n, 1);
  if (!ArrayBuffer.isView(data) || data.length !== size) {
    throw fault(`it has the dtype ${dtype} and the shape [${shape}], and not as many numbers`);
  }
  return { shape, data };
}
