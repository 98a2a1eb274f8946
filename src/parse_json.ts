import { z } from "zod";
import { InputError } from "./input_error.ts";

/** What no text file holds; the parser's own words would put it on the screen. */
const NOT_TEXT = /\ufffd|(?!\s)\p{Cc}/u;

/**
 * The value in `text`, which came from `path`, as `schema` has it. Throws InputError with the file, the place
 * in it and the remedy, where it is no JSON or not as the schema has it.
 */
export function parseJson<T>(text: string, path: string, schema: z.ZodType<T>, remedy: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = text.trim() === ""
      ? "it is empty"
      : NOT_TEXT.test(text)
      ? "it is no text"
      : (error as Error).message;
    throw new InputError(`Cannot read ${path}: not valid JSON, ${reason}. ${remedy}`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.slice(0, 3).map(({ path: at, message }) =>
    `${at.join(".") || "the whole"}: ${message}`
  );
  throw new InputError(`${path} is not as it should be: ${faults.join("; ")}. ${remedy}`);
}
