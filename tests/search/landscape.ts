/** Made-up accuracies for the tests: no published number is needed to check a search. */
import { allCells } from "../../src/space/mod.ts";
import { prng } from "../../src/random.ts";

/** Rises with the number of 3x3 convolutions, with noise; one best cell [15625]. */
export function landscape(seed = 0): Float64Array {
  const random = prng(seed, "landscape");
  return Float64Array.from(
    allCells(),
    (cell) => 60 + 4 * cell.filter((o) => o === 2).length + 3 * random.uniform(),
  );
}
