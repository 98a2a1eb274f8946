/**
 * Numbers quoted in Markdown: `<!-- v KEY DIGITS -->1.23<!-- /v -->`. The marks are comments, so a reader
 * sees the number alone; what stands between them is code's.
 */
import { InputError } from "../input_error.ts";

/** Dotted key -> number or text, as in paper/values.json. */
export type Values = Readonly<Record<string, number | string>>;

const QUOTE = /<!-- v (\S+)(?: (\d+))? -->.*?<!-- \/v -->/gs;

/**
 * `markdown` with each quoted number replaced by the value of its key: a text as it is, a number with
 * the quoted decimals (none unless given) and thousands separated. Throws InputError for a key that is
 * not in `values`.
 *
 * @param path named in the error
 */
export function withQuotedNumbers(markdown: string, values: Values, path: string): string {
  return markdown.replaceAll(QUOTE, (_, key: string, digits = "0") => {
    const value = values[key];
    if (value === undefined) {
      throw new InputError(
        `${path} quotes ${key}, which no values file has. Mend the key, or run: deno task values`,
      );
    }
    const places = Number(digits);
    const text = typeof value === "string" ? value : value.toLocaleString("en-US", {
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    });
    return `<!-- v ${key}${places > 0 ? ` ${digits}` : ""} -->${text}<!-- /v -->`;
  });
}
