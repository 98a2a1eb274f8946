/**
 * Tables that went through pandas, Polars, R or a spreadsheet and back. What those change without changing
 * a value is undone and said: index columns, whole numbers stored as floating point, integers of another
 * width, text stored as categories, NaN for a missing value.
 */
import pl from "nodejs-polars";
import { InputError } from "../input_error.ts";
import { numbersIn } from "./csv.ts";
import { COLUMN_TYPES, NULLABLE, typeName } from "./validate.ts";

/** Columns in which pandas and R keep the number of a row. */
const INDEX_COLUMN = /^(__index_level_\d+__|Unnamed: \d+|index|)$/;

/** `frame` with what a round trip changed undone; `note` is told each thing that was. */
export function restored(
  frame: pl.DataFrame,
  path: string,
  note: (fixed: string) => void,
): pl.DataFrame {
  const indices = frame.columns.filter((name) => INDEX_COLUMN.test(name));
  if (indices.length > 0) {
    note(`${path}: passed over the index column ${indices.map((name) => `"${name}"`).join(", ")}.`);
  }
  const columns = frame.getColumns().filter(({ name }) => !indices.includes(name));
  return pl.DataFrame(columns.map((series) => {
    const wanted = COLUMN_TYPES[series.name as keyof typeof COLUMN_TYPES];
    if (wanted === undefined) return series;
    const fixed = withType(withoutNaN(series), wanted, path);
    if (!series.dtype.equals(wanted)) {
      note(`${path}: read ${series.name} from ${typeName(series.dtype)} as ${typeName(wanted)}.`);
    }
    return fixed;
  }));
}

/** NaN stands for a missing value where one may miss. */
function withoutNaN(series: pl.Series): pl.Series {
  if (!series.dtype.equals(pl.Float64) || !(NULLABLE as readonly string[]).includes(series.name)) {
    return series;
  }
  const values = series.toArray() as (number | null)[];
  if (!values.some(Number.isNaN)) return series;
  return pl.Series(series.name, values.map((v) => Number.isNaN(v) ? null : v), pl.Float64);
}

/** The series as `wanted`. Throws InputError where a value would change. */
function withType(series: pl.Series, wanted: pl.DataType, path: string): pl.Series {
  if (series.dtype.equals(wanted)) return series;
  const { name } = series;
  if (wanted.equals(pl.String)) return series.cast(pl.String);
  const values = series.dtype.equals(pl.String)
    ? numbersIn(series.toArray() as (string | null)[], name, path)
    : series.cast(pl.Float64).toArray() as (number | null)[];
  const isWhole = !wanted.equals(pl.Float64);
  const bad = values.findIndex((v) => v !== null && isWhole && !Number.isSafeInteger(v));
  if (bad >= 0) {
    throw new InputError(
      `${path}: row ${bad} has ${name} ${values[bad]}; it must be a whole number.`,
    );
  }
  return pl.Series(name, values, pl.Float64).cast(wanted, true);
}
