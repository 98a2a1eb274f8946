/** All stored histories, read against one table. */
import type { Benchmark, Histories } from "../../table/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { FUNCTIONS } from "../table/features.ts";
import { maximum, searchCurve, type SearchSummary } from "./curve.ts";
import { type AccuracyOf, afterQuery, classMeans, incumbentValues } from "./runs.ts";

/** What a search is after. */
export const SEARCH_TARGET: Metric = "hwt@1d";

/** Numbers of queries at which searches are reported. */
export const SEARCH_BUDGETS = [50, 100, 200, 500] as const;

/** What an incumbent is worth: its own accuracy, or the mean over the copies of its function. */
export type Truth = "raw" | "class_mean";

/** One reading: a method, what guided it, and by what its incumbents are judged. */
export interface SearchReading {
  readonly method: string;
  readonly guide: Metric;
  /** The guide itself where not given. */
  readonly judge?: Metric;
  /** `raw` where not given. */
  readonly truth?: Truth;
}

export interface SearchStudy {
  readonly accuracy: AccuracyOf;
  /** Methods with runs under this guide of at least so many queries, in the order of their files. */
  methods(guide: Metric, queries: number): string[];
  /** Runs of a reading and their length; null where there are none. */
  size(reading: SearchReading): { readonly runs: number; readonly queries: number } | null;
  /** True value of each run's incumbent after `query` queries [runs], seeds ascending. */
  found(reading: SearchReading, query: number): Float64Array;
  /** Summaries after each of `at` queries; those beyond the runs' length are left out. */
  curve(reading: SearchReading, at: readonly number[]): SearchSummary[];
}

/** Reads each setting once and remembers what it found. */
export function searchStudy(benchmark: Benchmark, histories: readonly Histories[]): SearchStudy {
  const accuracy: AccuracyOf = (metric) => benchmark.accuracy(metric);
  const of = (method: string, guide: Metric) =>
    histories.find((h) => h.method === method && (h.guide === null || h.guide === guide));
  const known = new Map<string, { values: Float64Array; optimum: number }>();
  const read = ({ method, guide, judge = guide, truth = "raw" }: SearchReading) => {
    const runs = of(method, guide);
    if (runs === undefined) throw new RangeError(`No histories of ${method} guided by ${guide}.`);
    const key = [method, guide, judge, truth].join();
    const result = known.get(key) ?? (() => {
      const raw = accuracy(judge), worth = truth === "raw" ? raw : classMeans(raw, FUNCTIONS);
      const values = incumbentValues(runs, accuracy, { guide, truth: worth });
      return { values, optimum: maximum(worth) };
    })();
    known.set(key, result);
    return { ...result, queries: runs.queries };
  };
  return {
    accuracy,
    methods: (guide, queries) =>
      [...new Set(histories.map(({ method }) => method))]
        .filter((method) => (of(method, guide)?.queries ?? 0) >= queries),
    size: ({ method, guide }) => {
      const runs = of(method, guide);
      return runs === undefined ? null : { runs: runs.seeds.length, queries: runs.queries };
    },
    found: (reading, query) => {
      const { values, queries } = read(reading);
      return afterQuery(values, queries, query);
    },
    curve: (reading, at) => {
      const { values, queries, optimum } = read(reading);
      return searchCurve(values, queries, optimum, at.filter((query) => query <= queries));
    },
  };
}
