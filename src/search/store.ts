/** Which histories are at hand, and how new ones join them. */
import { InputError } from "../input_error.ts";
import { byCost, type Histories } from "../table/mod.ts";
import type { Metric } from "../table/schema.ts";
import type { History } from "./search.ts";

/** Runs by seed. All have at least the queries of the setting that they are kept for. */
export type Runs = ReadonlyMap<number, Pick<History, "visible" | "cells" | "metrics">>;

/** The runs of `stored` that can be kept: none where they are shorter than `queries`. */
export function keptRuns(stored: Histories, queries: number): Runs {
  if (stored.queries < queries) return new Map();
  const part = <T extends Uint8Array | Uint16Array>(all: T, run: number) =>
    all.slice(run * stored.queries, (run + 1) * stored.queries) as T;
  return new Map(stored.seeds.map((seed, run) => [seed, {
    visible: stored.visible,
    cells: part(stored.cells, run),
    metrics: part(stored.metrics ?? new Uint8Array(stored.cells.length), run),
  }]));
}

/**
 * The histories of `runs`, seeds ascending; all runs must be equally long. Which metrics were asked is said
 * by one list for all, so that a stored run that never asked a proxy stands beside a new one that did.
 */
export function joinRuns(method: string, guide: Metric | null, runs: Runs): Histories {
  const seeds = [...runs.keys()].sort((a, b) => a - b);
  if (seeds.length === 0) throw new InputError("There are no runs to join.");
  const queries = runs.get(seeds[0])!.cells.length;
  const cells = new Uint16Array(seeds.length * queries), metrics = new Uint8Array(cells.length);
  const visible = guide === null
    ? []
    : byCost([...runs.values()].flatMap((run) => run.visible), guide);
  seeds.forEach((seed, run) => {
    const { cells: asked, metrics: places, visible: own } = runs.get(seed)!;
    cells.set(asked, run * queries);
    metrics.set(places.map((place) => visible.indexOf(own[place])), run * queries);
  });
  return {
    method,
    guide,
    queries,
    seeds,
    cells,
    visible,
    metrics: guide === null ? null : metrics,
  };
}
