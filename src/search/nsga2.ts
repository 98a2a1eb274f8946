import { publishedCost } from "../chip/mod.ts";
import { type Cell, complexity, PUBLISHED_SKELETON, withOperation } from "../space/mod.ts";
import type { Prng } from "../random.ts";
import { mutateUnmeasured } from "./mutate.ts";
import { crowding, paretoRanks, type Point } from "./pareto_sort.ts";
import { drawUnmeasured } from "./random_search.ts";
import type { Search } from "./search.ts";

/** Members of the population and children a generation. */
export const NSGA2 = { population: 20, crossover: 0.5 } as const;

/** What accuracy is traded for: a number that is known of the published network beforehand. */
const TRADED = {
  parameters: (cell: Cell) => complexity(cell, PUBLISHED_SKELETON).parameters,
  energy_uJ: (cell: Cell) => publishedCost(cell).energy_uJ,
} as const;

interface Member {
  readonly cell: Cell;
  /** Accuracy in per cent, and the negative cost. */
  readonly point: Point;
}

/** Takes each edge from one of two parents. */
function cross(a: Cell, b: Cell, random: Prng): Cell {
  return b.reduce<Cell>(
    (child, operation, edge) =>
      random.integer(2) === 0 ? child : withOperation(child, edge, operation),
    a,
  );
}

/** Members by front, then by falling crowding distance. */
function ordered(members: readonly Member[]): Member[] {
  const ranks = paretoRanks(members.map(({ point }) => point));
  return Array.from({ length: Math.max(...ranks) + 1 }, (_, rank) => {
    const front = members.filter((_, i) => ranks[i] === rank);
    const distance = crowding(front.map(({ point }) => point));
    return front.map((_, i) => i).sort((a, b) => distance[b] - distance[a] || a - b)
      .map((i) => front[i]);
  }).flat();
}

/**
 * NSGA-II (Deb et al. 2002) on accuracy against a cost: children of binary tournaments by uniform crossover
 * and one mutation, the best half of parents and children survives. The cost is known beforehand and takes no
 * query; energy is the chip model's, with typical constants.
 */
export const nsga2 = (traded: keyof typeof TRADED): Search => (objective, budget, random) => {
  const { population, crossover } = NSGA2;
  let spent = 0;
  const measure = (cell: Cell): Member => {
    spent++;
    return { cell, point: [objective.query(cell), -TRADED[traded](cell)] };
  };
  let members: Member[] = [];
  while (spent < Math.min(population, budget)) {
    members.push(measure(drawUnmeasured(objective, random)));
  }
  while (spent < budget) {
    members = ordered(members).slice(0, population);
    const parent = () => { // the better of two stands earlier in the order
      return members[Math.min(random.integer(members.length), random.integer(members.length))].cell;
    };
    const children: Member[] = [];
    while (children.length < population && spent < budget) {
      const one = parent();
      const child = random.uniform() < crossover ? cross(one, parent(), random) : one;
      children.push(measure(mutateUnmeasured(objective, child, random)));
    }
    members.push(...children);
  }
  return objective.history();
};
