/** Checks that a frame keeps the tidy schema; every fault names the file and the row. */
import pl from "nodejs-polars";
import { InputError } from "../input_error.ts";
import { archStr, CELL_COUNT, cellAt } from "../space/mod.ts";
import {
  COLUMNS,
  DIGITAL_CONDITIONS,
  KEY_COLUMNS,
  metricText,
  REPEAT_SOURCES,
  type Row,
} from "./schema.ts";

type Column = (typeof COLUMNS)[number];

/** The space whose networks have a cell_index. */
const INDEXED_SPACE = "nas_bench_201";

/** Stored type of each column. */
export const COLUMN_TYPES = {
  space: pl.String,
  arch_str: pl.String,
  cell_index: pl.Int32,
  condition: pl.String,
  t_inference_s: pl.Float64,
  metric: pl.String,
  repeat: pl.Int32,
  seed: pl.Int64,
  protocol: pl.String,
  simulator: pl.String,
  device: pl.String,
  source: pl.String,
  config_id: pl.String,
  accuracy_pct: pl.Float64,
  accuracy_sd_pct: pl.Float64,
  repeats: pl.Int32,
  repeat_varies: pl.String,
} as const satisfies Record<Column, pl.DataType>;

/** Columns in which a value may miss. */
export const NULLABLE: readonly Column[] = [
  "cell_index",
  "t_inference_s",
  "repeat",
  "simulator",
  "device",
  "accuracy_sd_pct",
];

/** Every text of `RepeatVaries`: none, or some of the sources in their order. */
const VARIES = [
  "none",
  ...[1, 2, 3, 4, 5, 6, 7].map((some) =>
    REPEAT_SOURCES.filter((_, bit) => some >> bit & 1).join("+")
  ),
];

const NAME = "lower case letters, digits and underscores";
const PUBLISHED_ANALOG = ["noisy", "hwt"];

/** What a column's values must be: in words, and as an expression that is true for a good value. */
const RULES: readonly (readonly [Column, string, pl.Expr])[] = [
  ["space", NAME, isName("space")],
  ["arch_str", "not empty", pl.col("arch_str").neq(pl.lit(""))],
  [
    "cell_index",
    `from 0 to ${CELL_COUNT - 1} in ${INDEXED_SPACE}, and null in other spaces`,
    pl.col("cell_index").isNotNull().eq(pl.col("space").eq(pl.lit(INDEXED_SPACE)))
      .and(between("cell_index", 0, CELL_COUNT - 1).fillNull(pl.lit(true))),
  ],
  ["condition", NAME, isName("condition")],
  ["t_inference_s", "null or at least 0 seconds", between("t_inference_s", 0, Infinity)],
  ["repeat", "null or at least 0", between("repeat", 0, Infinity)],
  ["seed", "at least 0", between("seed", 0, Infinity)],
  ["protocol", "as_published or corrected", oneOf("protocol", "as_published", "corrected")],
  [
    "simulator",
    `null for ${DIGITAL_CONDITIONS.join(", ")}, and a name for ${PUBLISHED_ANALOG.join(", ")}`,
    pl.col("simulator").isNull().and(oneOf("condition", ...PUBLISHED_ANALOG).not())
      .or(
        isName("simulator").fillNull(pl.lit(false)).and(
          oneOf("condition", ...DIGITAL_CONDITIONS).not(),
        ),
      ),
  ],
  [
    "device",
    "a name where there is a simulator, and null where there is none",
    pl.col("device").isNull().eq(pl.col("simulator").isNull()),
  ],
  ["source", "not empty", pl.col("source").neq(pl.lit(""))],
  ["config_id", "not empty", pl.col("config_id").neq(pl.lit(""))],
  ["accuracy_pct", "from 0 to 100 per cent", between("accuracy_pct", 0, 100)],
  ["accuracy_sd_pct", "null or from 0 to 100", between("accuracy_sd_pct", 0, 100)],
  ["repeats", "at least 1", between("repeats", 1, Infinity)],
  [
    "repeat_varies",
    `none, or some of ${REPEAT_SOURCES.join("+")}`,
    oneOf("repeat_varies", ...VARIES),
  ],
];

/** True from `low` to `high`, or for null; NaN is in no range. */
function between(column: Column, low: number, high: number): pl.Expr {
  const value = pl.col(column).cast(pl.Float64);
  return value.gtEq(pl.lit(low)).and(value.ltEq(pl.lit(high))).and(value.isNotNan());
}

function oneOf(column: Column, ...names: string[]): pl.Expr {
  return pl.col(column).isIn(names);
}

function isName(column: Column): pl.Expr {
  return pl.col(column).str.contains("^[a-z][a-z0-9_]*$");
}

/** A file that holds something else than a table: it lacks more than half of the columns. */
function otherFile(
  { columns }: pl.DataFrame,
  path: string,
  missing: readonly Column[],
): InputError {
  const shown = columns.slice(0, 5).join(", ") + (columns.length > 5 ? ", ..." : "");
  return new InputError(
    `${path} is no table: it has ${shown} and lacks ${missing.length} of the ${COLUMNS.length} columns, ` +
      `${
        missing.slice(0, 3).join(", ")
      } first. data/README.md lists them. A few numbers for a few cells are ` +
      'joined in a notebook: study.cells.join("mine.csv").',
  );
}

/**
 * Returns `frame` with its columns in the stored order. Throws InputError for a missing, unknown or
 * mistyped column, a value out of range, an arch_str that is not its cell's, a metric that is not its
 * condition's and time's, or a key that occurs twice. `path` is named in the messages; rows count from 0.
 */
export function validated(frame: pl.DataFrame, path: string): pl.DataFrame {
  const fault = (what: string): never => {
    throw new InputError(
      `${path}: ${what}. Mend it, or make it again with the command that wrote it.`,
    );
  };
  const missing = COLUMNS.filter((name) => !frame.columns.includes(name));
  if (missing.length > COLUMNS.length / 2) throw otherFile(frame, path, missing);
  if (missing.length > 0) fault(`column ${missing.join(", ")} is missing`);
  const unknown = frame.columns.filter((name) => !(COLUMNS as readonly string[]).includes(name));
  if (unknown.length > 0) {
    fault(`unknown column ${unknown.join(", ")}; columns are ${COLUMNS.join(", ")}`);
  }
  for (const name of COLUMNS) {
    const { dtype } = frame.getColumn(name);
    if (!dtype.equals(COLUMN_TYPES[name])) {
      fault(`column ${name} is ${typeName(dtype)}; it must be ${typeName(COLUMN_TYPES[name])}`);
    }
  }
  const typed = frame.select(...COLUMNS);
  for (const name of COLUMNS) {
    if (!NULLABLE.includes(name) && typed.getColumn(name).nullCount() > 0) {
      fault(`row ${firstTrue(typed, pl.col(name).isNull())} has no ${name}`);
    }
  }
  const bad = typed.select(
    ...RULES.map(([name, _, good]) => good.fillNull(pl.lit(true)).not().sum().alias(name)),
  );
  for (const [name, words, good] of RULES) {
    if (bad.getColumn(name).get(0) === 0) continue;
    const row = firstTrue(typed, good.fillNull(pl.lit(true)).not());
    fault(`row ${row} has ${name} ${typed.getColumn(name).get(row)}; it must be ${words}`);
  }
  checkArchStr(typed, fault);
  checkMetric(typed, fault);
  checkKeys(typed, fault);
  return typed;
}

/** Name of a Polars type as its users write it: "Float64". */
export const typeName = (type: pl.DataType): string =>
  String(type).replace(/^DataType\((.*)\)$/, "$1");

/** Number of the first row where `condition` is true. */
function firstTrue(frame: pl.DataFrame, condition: pl.Expr): number {
  return frame.select(condition.alias("fault")).getColumn("fault").toArray().indexOf(true);
}

function checkArchStr(frame: pl.DataFrame, fault: (what: string) => never): void {
  const index = frame.getColumn("cell_index").toArray() as Row["cell_index"][];
  const text = frame.getColumn("arch_str").toArray() as Row["arch_str"][];
  const expected = new Map<number, string>();
  for (const [row, cell] of index.entries()) {
    if (cell === null) continue;
    let own = expected.get(cell);
    if (own === undefined) expected.set(cell, own = archStr(cellAt(cell)));
    if (text[row] !== own) {
      fault(`row ${row} has arch_str ${text[row]}, but cell ${cell} is ${own}`);
    }
  }
}

function checkMetric(frame: pl.DataFrame, fault: (what: string) => never): void {
  const kinds = frame.select("condition", "t_inference_s", "metric").unique({
    maintainOrder: true,
  });
  const condition = kinds.getColumn("condition").toArray() as Row["condition"][];
  const time = kinds.getColumn("t_inference_s").toArray() as Row["t_inference_s"][];
  const metric = kinds.getColumn("metric").toArray() as Row["metric"][];
  const strange = condition.findIndex((c, k) => metric[k] !== metricText(c, time[k]));
  if (strange < 0) return;
  const row = frame.getColumn("metric").toArray().indexOf(metric[strange]);
  fault(
    `row ${row} has metric ${metric[strange]}, but condition and time are those of ` +
      metricText(condition[strange], time[strange]),
  );
}

function checkKeys(frame: pl.DataFrame, fault: (what: string) => never): void {
  const keys = frame.select(...KEY_COLUMNS);
  const duplicated = keys.isDuplicated().toArray() as boolean[];
  const first = duplicated.indexOf(true);
  if (first < 0) return;
  const key = (row: number) => JSON.stringify(keys.row(row));
  const second = duplicated.findIndex((d, row) => d && row > first && key(row) === key(first));
  fault(`rows ${first} and ${second} have the same key (${KEY_COLUMNS.join(", ")}) ${key(first)}`);
}
