/**
 * What one operation does in place of another on one edge, all five other edges equal.
 *
 * The table holds both cells of every such pair, so that the mean over contexts is exact for this
 * table. The interval says how far it could move with other distinct functions: it is clustered by the
 * expressions of the cells on either side and of both (`matchedMean`). Cells of one expression hardly
 * differ, so that their pairs repeat one piece of evidence; counted one by one, or by published strings,
 * intervals are too narrow by half.
 */
import { wholeNumber } from "../../arguments.ts";
import {
  allCells,
  CELL_COUNT,
  EDGES,
  indexStep,
  type Operation,
  type OperationName,
  OPERATIONS,
} from "../../space/mod.ts";
import { holm, type Interval, mapped, matchedMean, normalCdf } from "../../stats/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { CONNECTED, EXPRESSIONS } from "./features.ts";
import { type Outcome, outcomeValues, take } from "./outcome.ts";

/** Outcome with `operation` less outcome with `other` on `edge`. */
export interface SwapEffect {
  readonly outcome: Outcome;
  /** 0..5, published order. */
  readonly edge: number;
  readonly operation: OperationName;
  readonly other: OperationName;
  /** Contexts of the five other edges in which both cells are connected; at most 3125. */
  readonly n: number;
  /** Mean difference in percentage points. */
  readonly mean: Interval;
  /** Two-sided p value of no difference, normal approximation with the clustered standard error. */
  readonly p: number;
  /** The same after Holm's correction for all swaps tested together. */
  readonly p_holm: number;
}

/** Level of a family of tests after Holm's correction: below it an effect counts as decided. */
export const FAMILY_LEVEL = 0.05;

/** Every pair of operations, first below second in the published numbering: 10. */
export const OPERATION_PAIRS: readonly (readonly [Operation, Operation])[] = OPERATIONS.flatMap((
  _,
  a,
) => OPERATIONS.slice(a + 1).map((_, k) => [a as Operation, a + 1 + k as Operation] as const));

/**
 * All swaps of `pairs` on all six edges, for each outcome.
 *
 * @param pairs which operations, first minus second; all ten by default
 * @param among cell_index of the cells that both of a pair must be of; all connected ones by default
 */
export function matchedSwaps(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
  pairs: readonly (readonly [Operation, Operation])[] = OPERATION_PAIRS,
  among?: ArrayLike<number>,
): readonly SwapEffect[] {
  const values = outcomes.map((outcome) => outcomeValues(benchmark, outcome));
  const connected = new Uint8Array(CELL_COUNT);
  const chosen = among === undefined ? CONNECTED : chosenCells(among);
  for (const i of chosen) connected[i] = 1;
  const cells = allCells();
  const effects = EDGES.flatMap((_, edge) => {
    const step = indexStep(edge);
    return pairs.flatMap(([a, b]) => {
      const first = chosen.filter((i) =>
        cells[i][edge] === a && connected[i + (b - a) * step] === 1
      );
      const second = first.map((i) => i + (b - a) * step);
      const sides = [first, second].map((cells) => take(EXPRESSIONS, cells));
      return outcomes.map((outcome, k) => {
        const differences = mapped(first, (i, c) => values[k][i] - values[k][second[c]]);
        const { error, estimate, low, high } = matchedMean(differences, sides);
        return {
          outcome,
          edge,
          operation: OPERATIONS[a],
          other: OPERATIONS[b],
          n: first.length,
          mean: { estimate, low, high },
          p: error === 0 ? Number(estimate === 0) : 2 * normalCdf(-Math.abs(estimate) / error),
        };
      });
    });
  });
  const adjusted = holm(effects.map((effect) => effect.p));
  return effects.map((effect, k) => ({ ...effect, p_holm: adjusted[k] }));
}

/** The connected ones of `among`, ascending, each once. Throws InputError for what is no cell_index. */
function chosenCells(among: ArrayLike<number>): Int32Array {
  const chosen = new Set(
    Array.from(among, (i) => wholeNumber("A cell index", i, 0, CELL_COUNT - 1)),
  );
  return CONNECTED.filter((i) => chosen.has(i));
}
