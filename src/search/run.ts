import { CELL_COUNT } from "../space/mod.ts";
import { shown, wholeNumber } from "../arguments.ts";
import { InputError } from "../input_error.ts";
import { prng } from "../random.ts";
import type { Metric } from "../table/schema.ts";
import { parseMetric } from "../table/mod.ts";
import { queryCost_s } from "./cost.ts";
import { type MethodId, METHODS, parseMethod } from "./methods.ts";
import { type Accuracies, tableObjective } from "./objective.ts";
import type { History, Search } from "./search.ts";

/** What to run, seed by seed. */
export interface Setting {
  readonly method: MethodId;
  /** The metric that guides the search. */
  readonly metric: Metric;
  /** Queries of each run: from the method's initial sample to 15,625. */
  readonly queries: number;
}

/** Label of the random stream: one for all methods, so that equal seeds have equal initial samples. */
export const STREAM = "search";

/** Throws InputError where the setting or the seeds make no sense. */
export function checkSetting({ method, queries }: Setting, seeds: number): void {
  const { initial } = METHODS[parseMethod(method)];
  if (!Number.isInteger(seeds) || seeds < 1) {
    throw new InputError(`--seeds is ${seeds}: give a whole number of at least 1.`);
  }
  if (!Number.isInteger(queries) || queries < 1) {
    throw new InputError(`--queries is ${queries}: give a whole number of at least 1.`);
  }
  if (queries > CELL_COUNT) {
    throw new InputError(
      `--queries is ${queries}, but the space has ${CELL_COUNT} cells: give at most that.`,
    );
  }
  if (queries < initial) {
    throw new InputError(
      `--queries is ${queries}, but ${method} starts from ${initial} cells: give at least ${initial}.`,
    );
  }
}

/**
 * One run of a search on a table. Throws where the search asks more than its budget.
 *
 * @param tables accuracies of the guiding metric and of the proxies that the method may see
 */
export function runSearch(
  search: Search,
  metric: Metric,
  tables: ReadonlyMap<Metric, Accuracies>,
  queries: number,
  seed: number,
): History {
  if (typeof search !== "function") {
    throw new InputError(
      `A search is a function of objective, budget and chance, METHODS.random_search.search for ` +
        `one, not ${shown(search)}.`,
    );
  }
  return search(tableObjective(metric, tables, queries), queries, prng(seed, STREAM));
}

/** The metrics that a run of the method may ask, cheapest first: proxies no dearer than the guide, and it. */
export function visibleMetrics(method: MethodId, metric: Metric): readonly Metric[] {
  const proxies: readonly Metric[] = METHODS[parseMethod(method)].proxies;
  parseMetric(metric);
  const cheap = proxies.filter((name) =>
    name !== metric && queryCost_s(1, name) <= queryCost_s(1, metric)
  );
  return [...cheap, metric];
}

/** One run of a setting; `accuracy` gives the table of a metric, asked for those the method may see. */
export function runSetting(
  { method, metric, queries }: Setting,
  accuracy: (metric: Metric) => Accuracies,
  seed: number,
): History {
  const visible = visibleMetrics(method, metric);
  wholeNumber("A number of queries", queries, 1, CELL_COUNT * visible.length);
  const tables = new Map(visible.map((name) => [name, accuracy(name)]));
  return runSearch(METHODS[method].search, metric, tables, queries, seed);
}
