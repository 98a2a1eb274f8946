/** Seeded sampling of cells, without replacement. */
import { InputError } from "../../input_error.ts";
import { permutation, type Prng } from "../../random.ts";
import { allCells, type Cell, CELL_COUNT, cellAt } from "./cell.ts";

/** `n` different cells (0..15625), each set of n equally likely, in random order. */
export function sampleUniform(n: number, random: Prng): Cell[] {
  checkCount(n, CELL_COUNT);
  return [...permutation(CELL_COUNT, random).subarray(0, n)].map(cellAt);
}

/**
 * `n` different cells, shared as evenly as possible among the strata: every stratum gives the same
 * number, plus or minus one, until it is exhausted. Which strata give one more is left to chance.
 *
 * @param stratumOf the stratum of a cell; `null` leaves the cell out
 * @returns the cells stratum by stratum, strata in order of their smallest cell_index
 */
export function sampleStratified(
  n: number,
  stratumOf: (cell: Cell, index: number) => string | number | null,
  random: Prng,
): Cell[] {
  const strata = new Map<string | number, number[]>();
  allCells().forEach((cell, index) => {
    const stratum = stratumOf(cell, index);
    if (stratum === null) return;
    const members = strata.get(stratum);
    if (members === undefined) strata.set(stratum, [index]);
    else members.push(index);
  });
  const groups = [...strata.values()];
  checkCount(n, groups.reduce((sum, group) => sum + group.length, 0));
  const shares = evenShares(groups.map((group) => group.length), n, random);
  return groups.flatMap((group, g) =>
    [...permutation(group.length, random).subarray(0, shares[g])].map((i) => cellAt(group[i]))
  );
}

/** Deals `n` out one by one, round by round in random order, to those who still have capacity. */
function evenShares(capacities: readonly number[], n: number, random: Prng): number[] {
  const shares = capacities.map(() => 0);
  for (let left = n; left > 0;) {
    for (const g of permutation(capacities.length, random)) {
      if (left > 0 && shares[g] < capacities[g]) shares[g]++, left--;
    }
  }
  return shares;
}

function checkCount(n: number, available: number): void {
  if (!Number.isInteger(n) || n < 0 || n > available) {
    throw new InputError(`Cannot sample ${n} cells of ${available}: need a whole number up to it.`);
  }
}
