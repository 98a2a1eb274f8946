/** `paper/values.json` as a file: written by code with a seal, refused where a hand has altered it. */
import { Buffer } from "node:buffer";
import { z } from "zod";
import { sha256 } from "../checksum.ts";
import { InputError } from "../input_error.ts";
import { readJson } from "../json_file.ts";
import type { Values } from "./quoted_numbers.ts";

/** Key of the SHA-256 over all other keys and values. */
export const SEAL = "values.sha256";

const numbers = z.record(z.string(), z.union([z.number(), z.string()]));
const sealOf = (values: Values): string =>
  sha256(Buffer.from(JSON.stringify(Object.entries(values).filter(([key]) => key !== SEAL))));

/** `values` with their seal as the last key. */
export function sealed(values: Values): Values {
  return { ...values, [SEAL]: sealOf(values) };
}

/** The values in the file at `path`. Throws InputError where it is missing, damaged or altered. */
export async function readValues(path: string): Promise<Values> {
  const remedy = `Make it again with "deno task values".`;
  const values = await readJson(path, numbers, remedy);
  if (values[SEAL] === sealOf(values)) return values;
  throw new InputError(
    `${path} was altered after it was computed: its seal ${SEAL} does not fit its numbers. ${remedy}`,
  );
}
