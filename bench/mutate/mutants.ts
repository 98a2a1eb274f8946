/** All wrong programs that `deno task mutate` tries. */
import { anchorMutants } from "./anchor.ts";
import { explorerMutants } from "./explorer.ts";
import { generalityMutants } from "./generality.ts";
import { leftMutants } from "./left.ts";
import type { Mutant } from "./mutant.ts";
import { notebookMutants } from "./notebook.ts";
import { rightMutants } from "./right.ts";
import { uncertaintyMutants } from "./uncertainty.ts";

/** In the order in which they are tried. */
export const MUTANTS: readonly Mutant[] = [
  ...leftMutants,
  ...rightMutants,
  ...uncertaintyMutants,
  ...explorerMutants,
  ...generalityMutants,
  ...anchorMutants,
  ...notebookMutants,
];
