/**
 * Numbers quoted in Markdown. A template says `{{KEY}}` or `{{KEY DECIMALS}}`; what people read is made from
 * it, so that no number in prose is typed by hand.
 */
import { InputError } from "../input_error.ts";

/** Dotted key -> number or text, as in paper/values.json. */
export type Values = Readonly<Record<string, number | string>>;

/**
 * `template` with each quote replaced by the value of its key: a text as it is, a number with the quoted
 * decimals (none unless given) and thousands separated. Throws InputError for a key that `values` lacks.
 *
 * @param path of the template, named in the error
 */
export function withQuotedNumbers(template: string, values: Values, path: string): string {
  const quote = /\{\{(\S+?)(?: (\d+))?\}\}/g;
  return template.replaceAll(quote, (_, key: string, decimals = "0") => {
    const value = values[key];
    if (value === undefined) {
      throw new InputError(
        `${path} quotes ${key}, which no values file has. Mend the key, or run: deno task values`,
      );
    }
    return typeof value === "string" ? value : value.toLocaleString("en-US", {
      minimumFractionDigits: Number(decimals),
      maximumFractionDigits: Number(decimals),
    });
  });
}
