/** Methods against each other: pair by pair, by rank over metrics, on raw accuracies and class means. */
import { mean } from "simple-statistics";
import type { Metric } from "../../table/schema.ts";
import { comparePaired, holm, type PairedComparison } from "../../stats/mod.ts";
import type { SearchReading, SearchStudy, Truth } from "./search_study.ts";

/** Two readings compared on the seeds that both have. */
export interface Duel extends PairedComparison {
  readonly first: SearchReading;
  readonly second: SearchReading;
  readonly query: number;
  /** p of the signed-rank test, corrected by Holm for all duels of the list. */
  readonly p_holm: number;
}

/**
 * Compares pairs of readings after `query` queries; both of a pair must be judged alike. Runs pair by
 * seed: stored seeds are consecutive from the same first one, so the shorter list decides.
 */
export function duels(
  study: SearchStudy,
  pairs: readonly (readonly [SearchReading, SearchReading])[],
  query: number,
): Duel[] {
  const compared = pairs.map(([first, second]) => {
    const [a, b] = [study.found(first, query), study.found(second, query)];
    const shared = Math.min(a.length, b.length);
    const result = comparePaired(a.subarray(0, shared), b.subarray(0, shared));
    return { first, second, query, ...result };
  });
  const corrected = holm(compared.map(({ p }) => p));
  return compared.map((duel, i) => ({ ...duel, p_holm: corrected[i] }));
}

/** Every pair of methods under one guide, judged by it. */
export function allPairs(
  methods: readonly string[],
  guide: Metric,
): (readonly [SearchReading, SearchReading])[] {
  return methods.flatMap((a, i) =>
    methods.slice(i + 1).map((b) => [{ method: a, guide }, { method: b, guide }] as const)
  );
}

/** A method and the mean of what its runs found. */
export interface Placed {
  readonly method: string;
  readonly mean: number;
}

/** Methods by falling mean after `query` queries. */
export function ranking(
  study: SearchStudy,
  methods: readonly string[],
  guide: Metric,
  query: number,
  truth: Truth = "raw",
): Placed[] {
  return methods
    .map((method) => ({ method, mean: mean([...study.found({ method, guide, truth }, query)]) }))
    .sort((a, b) => b.mean - a.mean);
}

/** The best method, and those that are level with it. */
export interface Leaders {
  readonly best: Placed;
  /** Methods whose paired difference to the best has a 95 % interval that reaches 0. */
  readonly level: readonly string[];
}

/** The best of `methods` after `query` queries, by one guide that is the judge too. */
export function leaders(
  study: SearchStudy,
  methods: readonly string[],
  guide: Metric,
  query: number,
): Leaders {
  const [best, ...others] = ranking(study, methods, guide, query);
  const pairs = others.map(({ method }) =>
    [{ method: best.method, guide }, { method, guide }] as const
  );
  const level = duels(study, pairs, query).filter(({ difference }) => difference.low <= 0);
  return { best, level: level.map(({ second }) => second.method) };
}

/** Mean place (1 is best) of each method over several metrics, each guided and judged by itself. */
export function meanRanks(
  study: SearchStudy,
  methods: readonly string[],
  metrics: readonly Metric[],
  query: number,
): ReadonlyMap<string, number> {
  const places = metrics.map((metric) =>
    ranking(study, methods, metric, query).map(({ method }) => method)
  );
  return new Map(
    methods.map((method) => [method, mean(places.map((order) => order.indexOf(method) + 1))]),
  );
}

/** Pairs of names that stand in another order in the second list, as "a~b", a ahead in the first. */
export function orderChanges(first: readonly string[], second: readonly string[]): string[] {
  return first.flatMap((a, i) =>
    first.slice(i + 1).filter((b) => second.indexOf(b) < second.indexOf(a)).map((b) => `${a}~${b}`)
  );
}
