/** The one reader of JSON files, whatever editor or system wrote them. */
import type { z } from "zod";
import { parseJson } from "./parse_json.ts";
import { readBytes } from "./read_bytes.ts";

export { parseJson };

/**
 * The value in the JSON file at `path`, as `schema` has it. A byte-order mark is passed over; UTF-16, as
 * Windows writes it, is read. Throws InputError with the file, the place in it and the remedy, where the
 * file is missing, is no JSON, is not as the schema has it, or is another than data/manifest.json lists.
 *
 * @param remedy what to do then, a sentence
 */
export async function readJson<T>(path: string, schema: z.ZodType<T>, remedy: string): Promise<T> {
  const text = decoded(await readBytes(path, remedy));
  return parseJson(text, path, schema, remedy);
}

/** As `readJson`; null where there is no such file. */
export async function readJsonIfThere<T>(
  path: string,
  schema: z.ZodType<T>,
  remedy: string,
): Promise<T | null> {
  const isThere = await Deno.stat(path).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    return true; // reading it says what is wrong
  });
  return isThere ? await readJson(path, schema, remedy) : null;
}

function decoded(bytes: Uint8Array): string {
  const mark = `${bytes[0]},${bytes[1]}`;
  const encoding = mark === "255,254" ? "utf-16le" : mark === "254,255" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes); // without the mark
}
