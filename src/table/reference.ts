/**
 * The published benchmark, as committed in data/reference/.
 *
 * What its numbers are (Bessalah et al., arXiv 2506.18495, and its training script): accuracies in per
 * cent on CIFAR-10's 10,000 test images, one training run per cell. At an inference time, the mean of
 * 25 read-outs, rounded by the authors to two decimals; its SD is over those read-outs, which share one
 * programming event and one draw of drift exponents, so it holds read and output noise only, neither
 * training nor programming. `noisy` and `hwt` without a time are one read-out before any programming.
 */
import { fileURLToPath } from "node:url";
import type pl from "nodejs-polars";
import { InputError } from "../input_error.ts";
import { CELL_COUNT } from "../space/mod.ts";
import { expectSha256, sha256 } from "./checksum.ts";
import { readBytes } from "./io.ts";
import { parseParquet } from "./parquet.ts";
import { INFERENCE_TIMES_S, type Metric, metricParts, METRICS, type Row } from "./schema.ts";
import { validated } from "./validate.ts";

/** The committed table. */
export const REFERENCE = {
  path: fileURLToPath(new URL("../../data/reference/analog_nasbench.parquet", import.meta.url)),
  sha256: "770e133c46639d2b680fb3e4c020288b78c7ecd4c2b9bdbb5d4943162008dd0e",
} as const;

/** A complete table: every metric of every cell. */
export interface Benchmark {
  /** The file it was read from. */
  readonly path: string;
  /** Accuracy in per cent by cell_index [15625]. One array for all callers: do not write to it. */
  accuracy(metric: Metric): Float64Array;
  /** Published SD of the read-outs by cell_index [15625]; null for a metric without inference time. */
  sd(metric: Metric): Float64Array | null;
  /** All rows in the tidy schema; read on first use. */
  readonly frame: pl.DataFrame;
}

/**
 * Reads the table, the committed one unless `path` names another in the same schema. The committed
 * file is known by its checksum, so that only the columns asked for are read; any other is validated
 * row by row. Throws InputError for a missing, altered, truncated or incomplete file.
 */
export async function loadReference(path: string = REFERENCE.path): Promise<Benchmark> {
  const remedy = "Restore it with `git checkout -- data/reference` or `deno task data:reference`.";
  const isCommitted = path === REFERENCE.path;
  const bytes = await readBytes(path, isCommitted ? remedy : "Check the path.");
  if (isCommitted) expectSha256(bytes, REFERENCE.sha256, path, remedy);
  if (isCommitted || sha256(bytes) === REFERENCE.sha256) return knownTable(bytes, path);
  return anyTable(validated(parseParquet(bytes, path), path), path);
}

/** The committed file: metrics in their order, cells by cell_index within each. */
function knownTable(bytes: Uint8Array, path: string): Benchmark {
  const columns = parseParquet(bytes, path, ["accuracy_pct", "accuracy_sd_pct"]);
  const accuracy = columns.getColumn("accuracy_pct").toTypedArray() as Float64Array;
  const sd = columns.getColumn("accuracy_sd_pct").fillNull("zero").toTypedArray() as Float64Array;
  return benchmark(path, accuracy, sd, once(() => parseParquet(bytes, path)));
}

/** A validated frame in any order of rows. */
function anyTable(frame: pl.DataFrame, path: string): Benchmark {
  const labels = new Map(METRICS.map((metric, m) => {
    const { condition, t_inference_s } = metricParts(metric);
    return [`${condition} ${t_inference_s}`, m];
  }));
  const column = <K extends keyof Row>(name: K) => frame.getColumn(name).toArray() as Row[K][];
  const condition = column("condition"), time = column("t_inference_s");
  const cell = column("cell_index"), value = column("accuracy_pct"), sd = column("accuracy_sd_pct");
  const size = METRICS.length * CELL_COUNT;
  const accuracies = new Float64Array(size).fill(NaN), sds = new Float64Array(size);
  for (let row = 0; row < frame.height; row++) {
    const m = labels.get(`${condition[row]} ${time[row]}`);
    if (m === undefined) {
      const times = Object.values(INFERENCE_TIMES_S).join(", ");
      throw new InputError(
        `${path}: row ${row} is ${condition[row]} at ${
          time[row]
        } s, no published metric; times are ` +
          `${times} s for noisy and hwt.`,
      );
    }
    const place = m * CELL_COUNT + cell[row];
    if (!Number.isNaN(accuracies[place])) {
      throw new InputError(
        `${path}: row ${row} is another ${METRICS[m]} of cell ${cell[row]}; a benchmark has one.`,
      );
    }
    accuracies[place] = value[row];
    sds[place] = sd[row] ?? 0;
  }
  const gap = accuracies.findIndex(Number.isNaN);
  if (gap >= 0) {
    throw new InputError(
      `${path}: ${METRICS[Math.floor(gap / CELL_COUNT)]} of cell ${
        gap % CELL_COUNT
      } is missing; a ` +
        `benchmark has all ${METRICS.length} metrics of all ${CELL_COUNT} cells.`,
    );
  }
  return benchmark(path, accuracies, sds, () => frame);
}

/** `accuracy` and `sd` hold the metrics one after the other [13 * 15625]. */
function benchmark(
  path: string,
  accuracy: Float64Array,
  sd: Float64Array,
  frame: () => pl.DataFrame,
): Benchmark {
  const slice = (all: Float64Array, metric: Metric) => {
    const start = METRICS.indexOf(metric) * CELL_COUNT;
    return all.subarray(start, start + CELL_COUNT);
  };
  return {
    path,
    accuracy: (metric) => slice(accuracy, metric),
    sd: (metric) => metricParts(metric).t_inference_s === null ? null : slice(sd, metric),
    get frame() {
      return frame();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
