/** All stored histories, read against one table. */
import { oneOf, shown, wholeNumber } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import { didYouMean } from "../../nearest.ts";
import { type Benchmark, type Histories } from "../../table/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { FUNCTIONS } from "../table/features.ts";
import { maximum, searchCurve, type SearchSummary } from "./curve.ts";
import { once } from "../remember.ts";
import { type AccuracyOf, classMeans, foundAfter, incumbents } from "./runs.ts";

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
  /** The guide itself by default. */
  readonly judge?: Metric;
  /** `raw` by default. */
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
  const noHistories = (method: string, guide: Metric) => {
    const there = [...new Set(histories.map((h) => h.method))];
    const guides = histories.filter((h) => h.method === method).map((h) => h.guide);
    return new InputError(
      guides.length > 0
        ? `There are no runs of ${method} guided by ${shown(guide)}; there are by ${
          guides.join(", ")
        }.`
        : `There are no runs of ${shown(method)}.${didYouMean(method, there)} There are of ${
          there.join(", ")
        }.`,
    );
  };
  const runsOf = (method: string, guide: Metric) => {
    const runs = of(method, guide);
    if (runs === undefined) throw noHistories(method, guide);
    return runs;
  };
  const incumbentsOf = once((method: string, guide: Metric) =>
    incumbents(runsOf(method, guide), accuracy, guide)
  );
  const worthOf = once((judge: Metric, truth: Truth) => {
    oneOf("A truth", truth, ["raw", "class_mean"]);
    const raw = accuracy(judge);
    return truth === "raw" ? raw : classMeans(raw, FUNCTIONS);
  });
  const found = (reading: SearchReading, query: number): Float64Array => {
    const { method, guide, judge = guide, truth = "raw" } = reading;
    const { queries } = runsOf(method, guide);
    return foundAfter(incumbentsOf(method, guide), queries, query, worthOf(judge, truth));
  };
  return {
    accuracy,
    methods: (guide, queries) => {
      accuracy(guide); // refuses what is no metric of the table
      wholeNumber("A number of queries", queries);
      return [...new Set(histories.map(({ method }) => method))]
        .filter((method) => (of(method, guide)?.queries ?? 0) >= queries);
    },
    size: ({ method, guide }) => {
      const runs = of(method, guide);
      return runs === undefined ? null : { runs: runs.seeds.length, queries: runs.queries };
    },
    found,
    curve: (reading, at) => {
      const { method, guide, judge = guide, truth = "raw" } = reading;
      const optimum = maximum(worthOf(judge, truth)), { queries } = runsOf(method, guide);
      return searchCurve(
        (query) => found(reading, query),
        optimum,
        at.filter((query) => query <= queries),
      );
    },
  };
}
