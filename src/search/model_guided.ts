import { type Cell, CELL_COUNT } from "../space/mod.ts";
import type { Prng } from "../random.ts";
import { topK } from "../stats/mod.ts";
import { mutate } from "./mutate.ts";
import { drawUnmeasured } from "./random_search.ts";
import type { Objective, Search } from "./search.ts";

/** What has been measured: cells and their accuracies in per cent, in the order of the queries. */
export interface Measurements {
  readonly cells: readonly Cell[];
  readonly accuracies_pct: readonly number[];
}

/** Worth of measuring each candidate next; higher is better. */
export type Acquisition = (candidates: readonly Cell[]) => ArrayLike<number>;

/** Fits a model to the measurements and returns what it recommends. */
export type Surrogate = (measured: Measurements, random: Prng) => Acquisition;

/** How often the model is fitted, and to what. */
export interface ModelGuidedOptions {
  /** Random cells measured before the first fit. */
  readonly initial: number;
  /** Cells measured between two fits; a twentieth of those measured, once that is more. */
  readonly batch: number;
  /** Candidates that are mutations of the best cells so far. */
  readonly mutations: number;
  /** How many of the best cells are mutated. */
  readonly parents: number;
  /** Candidates drawn uniformly. */
  readonly explored: number;
}

/** The last fit uses at most so many measurements; a longer search goes on with that model. */
const FIT_LIMIT = 500;

/**
 * The loop that model-based methods share: fit to all measurements, score unmeasured candidates
 * (mutations of the best cells, and uniform ones), measure the best batch, repeat.
 */
export function modelGuided(surrogate: Surrogate, options: ModelGuidedOptions): Search {
  return (objective, budget, random) => {
    const cells: Cell[] = [], accuracies_pct: number[] = [];
    const ask = (cell: Cell) => {
      cells.push(cell);
      accuracies_pct.push(objective.query(cell));
    };
    while (cells.length < Math.min(options.initial, budget)) ask(drawUnmeasured(objective, random));
    let acquisition: Acquisition | undefined;
    while (cells.length < budget) {
      if (acquisition === undefined || cells.length <= FIT_LIMIT) {
        acquisition = surrogate({ cells, accuracies_pct }, random);
      }
      const candidates = draw(objective, { cells, accuracies_pct }, options, random);
      const worth = acquisition(candidates);
      const order = candidates.map((_, i) => i).sort((a, b) => worth[b] - worth[a] || a - b);
      const batch = Math.max(options.batch, Math.floor(cells.length / 20));
      for (const i of order.slice(0, Math.min(batch, budget - cells.length))) {
        ask(candidates[i]);
      }
    }
    return objective.history();
  };
}

/** Different unmeasured cells; fewer than asked for where the space runs out. */
function draw(
  objective: Objective,
  { cells, accuracies_pct }: Measurements,
  { mutations, parents, explored }: ModelGuidedOptions,
  random: Prng,
): Cell[] {
  const best = topK(accuracies_pct, Math.min(parents, accuracies_pct.length));
  const chosen = new Map<string, Cell>();
  const add = (cell: Cell) => {
    if (objective.measured(cell) === undefined) chosen.set(cell.join(), cell);
  };
  for (let i = 0; i < mutations; i++) add(mutate(cells[best[i % best.length]], random));
  const left = CELL_COUNT - cells.length;
  const wanted = Math.min(chosen.size + explored, left);
  while (chosen.size < wanted) add(drawUnmeasured(objective, random));
  return [...chosen.values()];
}
