/** The registry of figures: to add one, write its file and name it here. */
import type { Figure } from "./figure.ts";
import { searchSpace } from "./search_space.ts";

/** Every figure by id, in the order of the study. */
export const FIGURES = {
  search_space: searchSpace,
} as const satisfies Record<string, Figure>;

/** Id of a figure: the name of its files and of its function's file. */
export type FigureId = keyof typeof FIGURES;
