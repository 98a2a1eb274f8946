/** Raw arrays that lie beside a reference file. */
import { dirname, join } from "node:path";
import { z } from "zod";
import { InputError } from "../input_error.ts";
import { numbers } from "./values.ts";

export const blob = z.object({ file: z.string(), dtype: z.string(), shape: numbers });

export async function readBlob(path: string, { file, dtype, shape }: z.infer<typeof blob>) {
  const { buffer } = await Deno.readFile(join(dirname(path), file));
  const values = dtype === "float32"
    ? new Float32Array(buffer)
    : dtype === "uint8"
    ? new Uint8Array(buffer)
    : null;
  if (values?.length !== shape.reduce((a, b) => a * b)) {
    throw new InputError(`${file} does not hold ${dtype} values of shape [${shape}].`);
  }
  return values;
}
