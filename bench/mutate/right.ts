/** Wrong programs of the right half: statistics, analyses, search, spaces. */
import { type Mutant } from "./mutant.ts";

/** A mutant is one line: what is wrong, the text, what takes its place. */
export const rightMutants: readonly Mutant[] = [];
