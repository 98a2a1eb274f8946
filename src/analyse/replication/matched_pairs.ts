/** Measured cells that differ in one operation, and what that operation does in either source. */
import { oneOf } from "../../arguments.ts";
import {
  cellAt,
  indexStep,
  type Operation,
  type OperationName,
  OPERATIONS,
} from "../../space/mod.ts";
import { type Interval, type MatchedMean, matchedMean } from "../../stats/mod.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { type Outcome, outcomeOf } from "../table/outcome.ts";
import type { CellAccuracies, Replicated } from "./replicated.ts";

/** Outcomes that matched cells are compared by. */
export type PairedOutcome = (typeof PAIRED_OUTCOMES)[number];
const PAIRED_OUTCOMES = [
  "baseline",
  "hwt@30d",
  "drift_drop.hwt",
  "drift_drop.noisy",
] as const satisfies readonly Outcome[];

/** A pair of measured cells that differ in one edge, where the first has a skip connection. */
export interface MatchedPair {
  /** 0..5, published order. */
  readonly edge: number;
  readonly other: OperationName;
  readonly cell_index: number;
  /** Outcome with skip less outcome with the other operation, percentage points. */
  readonly measured: number;
  readonly published: number;
}

/**
 * Every matched pair among the measured cells on the edges that were measured as families of five; both
 * sources hold the metrics of `outcome`.
 */
export function skipPairs(
  data: CellAccuracies & Pick<Replicated, "published">,
  outcome: PairedOutcome,
): readonly MatchedPair[] {
  oneOf("An outcome of pairs", outcome, PAIRED_OUTCOMES);
  const place = new Map(Array.from(data.cells, (cell, k) => [cell, k]));
  const [here, there] = [data.measured, data.published].map((values) =>
    outcomeOf((metric) => values[metric]!, outcome)
  );
  return Array.from(data.cells).flatMap((cell_index) =>
    [0, 1, 2, 3, 4, 5].flatMap((edge): MatchedPair[] => {
      const step = indexStep(edge);
      if (cellAt(cell_index)[edge] !== 0) return [];
      const family = OPERATIONS.map((_, operation) => place.get(cell_index + operation * step));
      if (family.some((k) => k === undefined)) return [];
      const [skip, ...others] = family as number[];
      return others.map((k, i) => ({
        edge,
        other: OPERATIONS[(i + 1) as Operation],
        cell_index,
        measured: here[skip] - here[k],
        published: there[skip] - there[k],
      }));
    })
  );
}

/** The change of an outcome between two cells that differ in one operation. */
export interface MatchedChange {
  /** With the one operation, and with the other in its place. */
  readonly cells: readonly [number, number];
  /** Percentage points. */
  readonly change: number;
}

/** Their mean with its error; pairs that have an expression in common on one side are no independent evidence. */
export const meanChange = (changes: readonly MatchedChange[]): MatchedMean =>
  matchedMean(
    changes.map(({ change }) => change),
    [0, 1].map((side) => changes.map(({ cells }) => EXPRESSIONS[cells[side]])),
  );

/**
 * Change of an outcome with `operation` in place of `other`, of every pair of measured cells that differ in
 * nothing else.
 */
export function matchedChanges(
  { cells, measured }: CellAccuracies,
  outcome: Outcome,
  operation: Operation,
  other: Operation,
): readonly MatchedChange[] {
  const place = new Map(Array.from(cells, (cell, k) => [cell, k]));
  const values = outcomeOf((metric) => measured[metric]!, outcome);
  return Array.from(cells).flatMap((cell_index, k) =>
    [0, 1, 2, 3, 4, 5].flatMap((edge): MatchedChange[] => {
      if (cellAt(cell_index)[edge] !== operation) return [];
      const without = cell_index + (other - operation) * indexStep(edge), at = place.get(without);
      if (at === undefined) return [];
      return [{ cells: [cell_index, without], change: values[k] - values[at] }];
    })
  );
}

/** The mean effect of a skip connection in place of one operation, over matched pairs. */
export interface SkipEffect {
  readonly other: OperationName;
  /** Pairs. */
  readonly n: number;
  /** Percentage points; intervals by expression on either side, unbounded for one pair. */
  readonly measured: Interval;
  readonly published: Interval;
}

/** Mean of what `of` says of the pairs. */
export function meanEffect(
  pairs: readonly MatchedPair[],
  of: (pair: MatchedPair) => number,
): Interval {
  const { estimate, low, high } = meanChange(pairs.map((pair) => {
    const { cell_index, edge, other } = pair;
    const without = cell_index + OPERATIONS.indexOf(other) * indexStep(edge);
    return { cells: [cell_index, without], change: of(pair) };
  }));
  return { estimate, low, high };
}

/** `pairs` by what the skip connection stands in place of; operations without a pair are left out. */
export function skipEffects(pairs: readonly MatchedPair[]): readonly SkipEffect[] {
  return OPERATIONS.flatMap((other) => {
    const own = pairs.filter((pair) => pair.other === other);
    if (own.length === 0) return [];
    return [{
      other,
      n: own.length,
      measured: meanEffect(own, ({ measured }) => measured),
      published: meanEffect(own, ({ published }) => published),
    }];
  });
}
