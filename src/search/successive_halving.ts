import { wholeNumber } from "../arguments.ts";
import { type Cell, CELL_COUNT } from "../space/mod.ts";
import type { Metric } from "../table/schema.ts";
import { drawUnmeasured } from "./random_search.ts";
import type { Search } from "./search.ts";

/** Rungs and how many cells climb them. */
export interface HalvingOptions {
  /** Cells measured on the first rung of each bracket. */
  readonly initial: number;
  /** One cell in so many is promoted to the next rung. */
  readonly eta: number;
}

/** 27 cells, 9, 3: a bracket of three rungs has 39 queries. */
export const HALVING: HalvingOptions = { initial: 27, eta: 3 };

/**
 * Successive halving (Jamieson & Talwalkar 2016) where fidelity is the metric: the proxies are the
 * lower rungs, cheapest first, the guiding metric is the last. Brackets of fresh random cells follow
 * each other; every query counts alike, on whatever rung. When no fresh cell is left, what was never
 * measured on the last rung is measured there in the order of the rung below.
 */
export function successiveHalving({ initial, eta }: HalvingOptions): Search {
  wholeNumber("The first rung of a halving", initial, 1);
  wholeNumber("The share of a halving", eta, 2);
  return (objective, budget, random) => {
    const rungs: readonly Metric[] = [...objective.proxies, objective.metric];
    const end = objective.remaining - budget;
    const spent = () => objective.remaining === end;
    const ask = (cell: Cell, rung: Metric) =>
      objective.measured(cell, rung) ?? objective.query(cell, rung);
    const best = (cells: readonly Cell[], rung: Metric) =>
      cells.map((cell) => ({ cell, accuracy: objective.measured(cell, rung) ?? -Infinity }))
        .sort((a, b) => b.accuracy - a.accuracy).map(({ cell }) => cell);

    const screened: Cell[] = [];
    while (!spent() && screened.length < CELL_COUNT) {
      let bracket: Cell[] = [];
      for (const rung of rungs) {
        if (rung === rungs[0]) {
          while (bracket.length < initial && screened.length < CELL_COUNT && !spent()) {
            const cell = drawUnmeasured(objective, random, rung);
            ask(cell, rung);
            bracket.push(cell);
            screened.push(cell);
          }
        } else {
          bracket = bracket.slice(0, Math.max(1, Math.floor(bracket.length / eta)));
          for (const cell of bracket) if (!spent()) ask(cell, rung);
        }
        bracket = best(bracket, rung);
      }
    }
    for (const cell of best(screened, rungs[0])) if (!spent()) ask(cell, objective.metric);
    return objective.history();
  };
}
