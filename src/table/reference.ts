/**
 * The published benchmark, as committed in data/reference/.
 *
 * What its numbers are (Bessalah et al., arXiv 2506.18495, and its training script): accuracies in per
 * cent on CIFAR-10's 10,000 test images, one training run per cell, each the mean of 25 evaluations whose
 * test images are cropped and flipped at random. The five metrics without a time are such means too: all
 * but a few lie on the grid of 1/2500 % that 25 times 10,000 images give. At an inference time the 25
 * share one programming event and one draw of drift exponents, so that the SD over them holds read and
 * output noise and the crop, neither training nor programming. `noisy` and `hwt` without a time are
 * evaluated before any programming: no memory is in them, output noise is.
 */
import { fileURLToPath } from "node:url";
import type pl from "nodejs-polars";
import { InputError } from "../input_error.ts";
import { CELL_COUNT } from "../space/mod.ts";
import { expectSha256, sha256 } from "../checksum.ts";
import { readBytes } from "../read_bytes.ts";
import { type Note, readFrame, tidy } from "./io.ts";
import { nearestMetric, parseMetric } from "./metric.ts";
import { parseParquet } from "./parquet.ts";
import { inOrder, type Metric, metricParts, PUBLISHED_METRICS, type Row } from "./schema.ts";

/** The committed table. */
export const REFERENCE = {
  path: fileURLToPath(new URL("../../data/reference/analog_nasbench.parquet", import.meta.url)),
  sha256: "3854ef085564a6707b923e80708c0eb7f82c249386405c0e0a57e08785c69f66",
} as const;

/** A table that holds every cell of NAS-Bench-201 under each of its metrics. */
export interface Benchmark {
  /** The file it was read from. */
  readonly path: string;
  /** The metrics that it holds, as `inOrder` lists them. */
  readonly metrics: readonly Metric[];
  /**
   * Accuracy in per cent by cell_index [15625]. One array for all callers: do not write to it. Throws
   * InputError for a metric that the table lacks, naming what it holds.
   */
  accuracy(metric: Metric): Float64Array;
  /** SD over repeats by cell_index [15625]; null for a metric without one. Throws as `accuracy`. */
  sd(metric: Metric): Float64Array | null;
  /** All rows in the tidy schema; read on first use. */
  readonly frame: pl.DataFrame;
}

/**
 * Reads the table, the committed one unless `path` names another in the same schema, Parquet or CSV. The
 * committed file is known by its checksum, so that only the columns asked for are read; any other is
 * validated row by row. Throws InputError for a missing, altered, truncated or incomplete file.
 *
 * @param note told what was mended in a table that went through another program
 */
export async function loadReference(
  path: string = REFERENCE.path,
  note: Note = console.warn,
): Promise<Benchmark> {
  const remedy = "Restore it with `git checkout -- data/reference` or `deno task data:reference`.";
  const isCommitted = path === REFERENCE.path;
  if (/\.csv$/i.test(path)) return anyTable(await readFrame(path, note), path);
  const bytes = await readBytes(path, isCommitted ? remedy : "Check the path.");
  if (isCommitted) expectSha256(bytes, REFERENCE.sha256, path, remedy);
  if (isCommitted || sha256(bytes) === REFERENCE.sha256) return knownTable(bytes, path);
  return anyTable(await tidy(parseParquet(bytes, path), path, note), path);
}

/** The committed file: metrics in their order, cells by cell_index within each. */
function knownTable(bytes: Uint8Array, path: string): Benchmark {
  const columns = parseParquet(bytes, path, ["accuracy_pct", "accuracy_sd_pct"]);
  const accuracy = columns.getColumn("accuracy_pct").toTypedArray() as Float64Array;
  const sd = columns.getColumn("accuracy_sd_pct").fillNull("zero").toTypedArray() as Float64Array;
  const values = new Map(PUBLISHED_METRICS.map((metric, m) => {
    const part = (all: Float64Array) => all.subarray(m * CELL_COUNT, (m + 1) * CELL_COUNT);
    const hasSd = metricParts(metric).t_inference_s !== null;
    return [metric, { accuracy: part(accuracy), sd: hasSd ? part(sd) : null }];
  }));
  return benchmark(path, values, once(() => parseParquet(bytes, path)));
}

/** A validated frame in any order of rows. Throws InputError for a cell that is missing or there twice. */
function anyTable(frame: pl.DataFrame, path: string): Benchmark {
  const column = <K extends keyof Row>(name: K) => frame.getColumn(name).toArray() as Row[K][];
  const metric = column("metric"), cell = column("cell_index");
  const value = column("accuracy_pct"), sd = column("accuracy_sd_pct");
  const accuracies = new Map<Metric, Float64Array>(), sds = new Map<Metric, Float64Array>();
  const of = (all: Map<Metric, Float64Array>, name: Metric) => {
    const found = all.get(name) ?? new Float64Array(CELL_COUNT).fill(NaN);
    all.set(name, found);
    return found;
  };
  for (const [row, index] of cell.entries()) {
    if (index === null) {
      throw new InputError(
        `${path}: row ${row} is of another space than NAS-Bench-201, whose cells a benchmark holds.`,
      );
    }
    const known = of(accuracies, metric[row]);
    if (!Number.isNaN(known[index])) {
      throw new InputError(
        `${path}: row ${row} is another ${metric[row]} of cell ${index}; a benchmark has one.`,
      );
    }
    known[index] = value[row];
    if (sd[row] !== null) of(sds, metric[row])[index] = sd[row];
  }
  if (accuracies.size === 0) throw new InputError(`${path} holds no rows.`);
  for (const [name, values] of accuracies) {
    const gap = values.findIndex(Number.isNaN);
    if (gap < 0) continue;
    throw new InputError(
      `${path}: ${name} of cell ${gap} is missing; a benchmark has each of its metrics for all ` +
        `${CELL_COUNT} cells.`,
    );
  }
  const values = new Map(
    inOrder(accuracies.keys()).map((name) => [name, {
      accuracy: accuracies.get(name)!,
      sd: sds.get(name) ?? null,
    }]),
  );
  return benchmark(path, values, () => frame);
}

/** What a table holds of one metric, by cell_index [15625]. */
interface MetricColumns {
  readonly accuracy: Float64Array;
  readonly sd: Float64Array | null;
}

function benchmark(
  path: string,
  columns: ReadonlyMap<Metric, MetricColumns>,
  frame: () => pl.DataFrame,
): Benchmark {
  const metrics = [...columns.keys()];
  const held = (metric: Metric) => {
    const found = columns.get(metric) ?? columns.get(parseMetric(metric, metrics));
    if (found !== undefined) return found;
    throw new InputError(`${path} holds no "${metric}". ${nearestMetric(metric, metrics)}`);
  };
  return {
    path,
    metrics,
    accuracy: (metric) => held(metric).accuracy,
    sd: (metric) => held(metric).sd,
    get frame() {
      return frame();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
