/**
 * Histories of search methods in Parquet: one row a query, `method`, `guide` (the metric that guided
 * the search; null where the method looks at no answer), `seed`, `query` (from 1), `cell_index`,
 * `metric` (the one asked for: the guide, or a cheaper proxy; null as `guide`). Accuracies are not
 * repeated: they stand in the table.
 */
import { fileURLToPath } from "node:url";
import pl from "nodejs-polars";
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import { CELL_COUNT } from "../space/mod.ts";
import { readBytes } from "../read_bytes.ts";
import { parquetBytes, parseParquet } from "./parquet.ts";
import { inOrder, isMetric, type Metric } from "./schema.ts";

/** The committed histories. */
export const HISTORIES_FOLDER = fileURLToPath(new URL("../../data/search/", import.meta.url));

/** All runs of one method under one guide, equally long; query q of run r stands at r * queries + q. */
export interface Histories {
  readonly method: string;
  /** The metric that guided the search; null for a method that looks at no answer. */
  readonly guide: Metric | null;
  readonly queries: number;
  /** Seed of each run, ascending [runs]. */
  readonly seeds: readonly number[];
  /** cell_index asked for [runs * queries]. */
  readonly cells: Uint16Array;
  /** Metrics that were asked for: proxies, cheapest first, and last the guide; none without a guide. */
  readonly visible: readonly Metric[];
  /** Place in `visible` of the metric asked for [runs * queries]; null for a method without a guide. */
  readonly metrics: Uint8Array | null;
}

/**
 * Metrics that a search asks, cheapest first: in the order of all metrics, the guide last. A proxy is a
 * published metric, and those stand in the order of what they cost.
 */
export function byCost(metrics: Iterable<Metric>, guide: Metric): Metric[] {
  return [...inOrder(metrics).filter((metric) => metric !== guide), guide];
}

/** File name of a setting's histories. */
export function historiesFile(method: string, guide: Metric | null): string {
  return guide === null ? `${method}.parquet` : `${method}.${guide}.parquet`;
}

/** Writes histories to `path` as a whole or not at all; equal histories give equal bytes. */
export async function writeHistories(path: string, histories: Histories): Promise<void> {
  const { method, guide, queries, seeds, cells, visible, metrics } = histories;
  const rows = seeds.length * queries;
  const text = (name: string, value: (row: number) => string | null) =>
    pl.Series(name, Array.from({ length: rows }, (_, row) => value(row)), pl.String);
  const frame = pl.DataFrame([
    text("method", () => method),
    text("guide", () => guide),
    pl.Series("seed", Array.from({ length: rows }, (_, r) => seeds[Math.floor(r / queries)]))
      .cast(pl.UInt32, true),
    pl.Series("query", Array.from({ length: rows }, (_, r) => r % queries + 1)).cast(
      pl.UInt16,
      true,
    ),
    pl.Series("cell_index", Array.from(cells)).cast(pl.UInt16, true),
    text("metric", (row) => metrics === null ? null : visible[metrics[row]]),
  ]);
  await writeFileAtomically(path, await parquetBytes(frame));
}

/** Reads histories. Throws InputError naming the file where it is missing, damaged or malformed. */
export async function readHistories(path: string): Promise<Histories> {
  return parseHistories(await readBytes(path, REMEDY), path);
}

const REMEDY = "Restore it with `git checkout -- data/search` or run `deno task search` again.";

/** The histories in the bytes of a file. Throws InputError naming `path` where they are malformed. */
function parseHistories(bytes: Uint8Array, path: string): Histories {
  const frame = parseParquet(bytes, path);
  const rows = frame.height; // asking a frame for it takes microseconds each time
  const series = (name: string) => {
    if (!frame.columns.includes(name)) throw new InputError(`${path} has no column "${name}".`);
    return frame.getColumn(name);
  };
  // numbers come over as typed arrays; of a text column only its different values, which are few
  const numbers = (name: string) => {
    const { dtype } = series(name), known = dtype.equals(pl.UInt16) || dtype.equals(pl.UInt32);
    const whole = known ? series(name) : series(name).cast(pl.Float64);
    return whole.toTypedArray() as Uint16Array | Uint32Array | Float64Array;
  };
  const texts = (name: string) => series(name).unique().toArray() as (string | null)[];
  const fail = (row: number, fault: string): never => {
    throw new InputError(`${path}: row ${row} ${fault}. ${REMEDY}`);
  };
  if (rows === 0) throw new InputError(`${path} holds no rows. ${REMEDY}`);
  const [method, ...methods] = texts("method"), [guide, ...guides] = texts("guide");
  if (method === null || methods.length + guides.length > 0) {
    throw new InputError(`${path} holds more than one setting. ${REMEDY}`);
  }
  const seed = numbers("seed"), query = numbers("query"), cell = numbers("cell_index");
  const next = seed.findIndex((s) => s !== seed[0]);
  const queries = next < 0 ? rows : next, runs = rows / queries;
  if (!Number.isInteger(runs)) fail(rows - 1, "ends within a run");
  for (let row = 0, place = 0; row < rows; row++, place = place + 1 < queries ? place + 1 : 0) {
    if (query[row] !== place + 1) fail(row, `has query ${query[row]}: runs differ in length`);
    if (seed[row] !== seed[row - place]) fail(row, "is of another seed than its run");
    if (!(cell[row] >= 0 && cell[row] < CELL_COUNT)) fail(row, `has cell_index ${cell[row]}`);
  }
  const metrics = guide === null ? null : new Uint8Array(rows);
  const names = guide === null ? [] : texts("metric");
  for (const name of names) if (!isMetric(name)) fail(0, `or a later one has metric ${name}`);
  const visible = guide === null ? [] : byCost(names as Metric[], guide);
  for (const [place, name] of visible.entries()) {
    if (place === 0) continue; // what the array holds
    const asked = frame.select(pl.col("metric").eq(pl.lit(name)).cast(pl.Float64).as("asked"))
      .getColumn("asked").toTypedArray() as Float64Array;
    for (let row = 0; row < rows; row++) if (asked[row] === 1) metrics![row] = place;
  }
  return {
    method,
    guide: guide as Metric | null,
    queries,
    seeds: Array.from({ length: runs }, (_, run) => seed[run * queries]),
    cells: new Uint16Array(cell),
    visible,
    metrics,
  };
}

/** All histories of a folder, by file name; none where the folder is missing. */
export async function readAllHistories(folder: string = HISTORIES_FOLDER): Promise<Histories[]> {
  return (await openAllHistories(folder))();
}

/**
 * As `readAllHistories`: the files are read, and held against the manifest, at once; the millions of rows in them
 * are told apart when the answer is called.
 */
export async function openAllHistories(
  folder: string = HISTORIES_FOLDER,
): Promise<() => Histories[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (name.endsWith(".parquet") && !name.endsWith(".part.parquet")) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const paths = names.sort().map((name) => `${folder}/${name}`);
  const files = await Promise.all(paths.map((path) => readBytes(path, REMEDY)));
  return () => files.map((bytes, k) => parseHistories(bytes, paths[k]));
}
