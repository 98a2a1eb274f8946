import { expectListed } from "./data_manifest.ts";
import { InputError } from "./input_error.ts";

/**
 * The bytes of a file; one in data/ is held against its manifest. Throws InputError naming `path` where it
 * cannot be read or was altered; `remedy` says what to do where it cannot be read.
 */
export async function readBytes(path: string, remedy: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : (error as Error).message;
    throw new InputError(`Cannot read ${path}: ${reason}. ${remedy}`);
  }
  await expectListed(bytes, path);
  return bytes;
}
