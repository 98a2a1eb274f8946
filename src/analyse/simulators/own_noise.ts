/** How far the replication's own rows scatter: means over a few reads of a single programming event. */
import { mean } from "../../stats/mod.ts";
import type { Metric, Row } from "../../table/schema.ts";

/** The reads behind a cell's accuracy at one time. */
export interface Reads {
  /** Variance between the reads of one event, mean over training seeds, points squared. */
  readonly variance: number;
  /** Reads of the event. */
  readonly repeats: number;
  /** Training seeds that the accuracy is the mean of, each with an event of its own. */
  readonly seeds: number;
}

/** The reads of each cell under the published protocol at the time of `metric`, by cell_index. */
export function readsOf(rows: readonly Row[], metric: Metric): ReadonlyMap<number, Reads> {
  const found = rows.filter((row) =>
    row.metric === metric && row.protocol === "as_published" && row.cell_index !== null
  );
  const byCell = Map.groupBy(found, ({ cell_index }) => cell_index!);
  return new Map(Array.from(byCell, ([cell, seeds]): [number, Reads] => [cell, {
    variance: mean(seeds.map(({ accuracy_sd_pct }) => (accuracy_sd_pct ?? 0) ** 2)),
    repeats: seeds[0].repeats,
    seeds: seeds.length,
  }]));
}

/**
 * Standard errors of such means, points, cell by cell. `event_sd_pct` are the SDs between events that are read once
 * each: programming and reading together. The share of reading in them averages out over the reads, that of
 * programming does not. The share is one for all cells: a variance of a few reads says too little of a cell alone.
 */
export function oneEventErrors(
  event_sd_pct: ArrayLike<number>,
  reads: readonly Reads[],
): Float64Array {
  const both = mean(Array.from(event_sd_pct, (sd) => sd ** 2));
  const reading = mean(reads.map(({ variance }) => variance));
  const read = mean(reads.map(({ variance, repeats }) => variance / repeats));
  const kept = both === 0 ? 0 : Math.max(both - reading + read, read) / both;
  return Float64Array.from(event_sd_pct, (sd, k) => sd * Math.sqrt(kept / reads[k].seeds));
}
