/**
 * Robust and fragile cells.
 *
 * Robustness is what a cell keeps, not what it reaches: the drop from `baseline` to `hwt@1d`. It is
 * compared among competent cells only, those with more than 90 % baseline accuracy: a cell that never
 * learned has nothing to lose, and would pass for robust. Robust are the tenth of competent cells with
 * the smallest drop, fragile the tenth with the largest.
 */
import { cellAt, EDGES, type OperationName, OPERATIONS } from "../../space/mod.ts";
import type { Benchmark } from "../../table/mod.ts";
import { type Interval, meanInterval } from "../../stats/mod.ts";
import { CONNECTED, EXPRESSIONS } from "./features.ts";
import { outcomeValues, take } from "./outcome.ts";

/** Baseline accuracy in per cent above which a cell is competent. */
export const COMPETENT_BASELINE = 90;
/** Share of the competent cells that are called robust, and fragile. */
export const GROUP_SHARE = 0.1;

/** Cell indices of the groups, ascending. */
export interface RobustGroups {
  readonly competent: Int32Array;
  readonly robust: Int32Array;
  readonly fragile: Int32Array;
}

/** Groups by the drop `baseline` - `hwt@1d`; ties by smaller cell_index. */
export function robustGroups(benchmark: Benchmark): RobustGroups {
  const baseline = benchmark.accuracy("baseline"), drop = outcomeValues(benchmark, "hwt_gap@1d");
  const competent = CONNECTED.filter((i) => baseline[i] > COMPETENT_BASELINE);
  const ordered = competent.toSorted((a, b) => drop[a] - drop[b] || a - b);
  const size = Math.floor(GROUP_SHARE * competent.length);
  return {
    competent,
    robust: ordered.slice(0, size).sort(),
    fragile: ordered.slice(-size).sort(),
  };
}

/** How often a group of cells has an operation on an edge. */
export interface OperationShare {
  readonly group: keyof RobustGroups;
  readonly edge: number;
  readonly operation: OperationName;
  /** Number of cells in the group that have it. */
  readonly cells: number;
  /** 0..1, interval clustered by expression. */
  readonly share: Interval;
}

/** Operations per edge of robust, fragile and all competent cells. */
export function operationComposition(groups: RobustGroups): readonly OperationShare[] {
  const names = ["robust", "fragile", "competent"] as const;
  return names.flatMap((group) => {
    const cells = groups[group];
    const slots = EDGES.flatMap((_, edge) =>
      OPERATIONS.map((operation, o) => ({ edge, operation, o }))
    );
    const indicators = slots.map(({ edge, o }) =>
      Float64Array.from(cells, (i) => cellAt(i)[edge] === o ? 1 : 0)
    );
    const clusters = take(EXPRESSIONS, cells);
    return slots.map(({ edge, operation }, k) => {
      const count = indicators[k].reduce((a, b) => a + b);
      const share = meanInterval(indicators[k], clusters);
      return { group, edge, operation, cells: count, share };
    });
  });
}
