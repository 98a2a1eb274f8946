/** A span of values of a column as it stands in the address: "baseline:93:", "parameters::500000". */
import { closest } from "fastest-levenshtein";
import { InputError } from "../input_error.ts";

/** Cells whose value of a column lies between two ends, both included; an end may be infinite. */
export interface Range {
  readonly column: string;
  readonly low: number;
  readonly high: number;
}

const end = (value: number) => Number.isFinite(value) ? String(Number(value.toPrecision(7))) : "";

/** The ranges in one text, separated by commas. */
export function rangesText(ranges: readonly Range[]): string {
  return ranges.map(({ column, low, high }) => `${column}:${end(low)}:${end(high)}`).join(",");
}

/** The ranges that `text` names. Throws InputError for another column, or ends that are no numbers. */
export function parseRanges(text: string, columns: readonly string[]): readonly Range[] {
  return text.split(",").filter((part) => part !== "").map((part) => {
    const [column, low = "", high = "", ...more] = part.split(":");
    if (!columns.includes(column)) {
      const nearest = closest(column, columns);
      throw new InputError(`No column is called "${column}". The nearest is ${nearest}.`);
    }
    const range = {
      column,
      low: low === "" ? -Infinity : Number(low),
      high: high === "" ? Infinity : Number(high),
    };
    if (more.length > 0 || Number.isNaN(range.low) || Number.isNaN(range.high)) {
      throw new InputError(
        `"${part}" is no range of a column. Write "${column}:90:95", or leave an end out.`,
      );
    }
    return range;
  });
}
