/** The one reader of JSON files, whatever editor or system wrote them. */
import { z } from "zod";
import { InputError } from "./input_error.ts";

/**
 * The value in the JSON file at `path`, as `schema` has it. A byte-order mark is passed over; UTF-16, as
 * Windows writes it, is read. Throws InputError with the file, the place in it and the remedy, where the
 * file is missing, is no JSON, or is not as the schema has it.
 *
 * @param remedy what to do then, a sentence
 */
export async function readJson<T>(path: string, schema: z.ZodType<T>, remedy: string): Promise<T> {
  let text: string;
  try {
    text = decoded(await Deno.readFile(path));
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : (error as Error).message;
    throw new InputError(`Cannot read ${path}: ${reason}. ${remedy}`);
  }
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

/** The value in `text`, which came from `path`. Throws InputError as `readJson` does. */
export function parseJson<T>(text: string, path: string, schema: z.ZodType<T>, remedy: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = text.trim() === "" ? "it is empty" : (error as Error).message;
    throw new InputError(`Cannot read ${path}: not valid JSON, ${reason}. ${remedy}`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.slice(0, 3).map(({ path: at, message }) =>
    `${at.join(".") || "the whole"}: ${message}`
  );
  throw new InputError(`${path} is not as it should be: ${faults.join("; ")}. ${remedy}`);
}

function decoded(bytes: Uint8Array): string {
  const mark = `${bytes[0]},${bytes[1]}`;
  const encoding = mark === "255,254" ? "utf-16le" : mark === "254,255" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes); // without the mark
}
