/**
 * Figures: the study in, Vega-Lite specs, the numbers drawn and words for who cannot see them out. One pure
 * function and one file a figure in `plots/`, named like its id, said in the words of `grammar/`; labels come
 * from grammar/metrics.ts, looks from grammar/theme.ts. `notebook/` is what notebooks show. Nothing here
 * computes a statistic of its own beyond binning, or draws a random number: that is `analyse`'s.
 */
export { drawColumnFigure, drawFigure, FIGURE_IDS, parseFigureId } from "./draw.ts";
export { FONT_FILES } from "./grammar/fonts.ts";
export { fixed } from "./grammar/format.ts";
export { metricLabel } from "./grammar/metrics.ts";
export { type FigureId, FIGURES } from "./plots/figures.ts";
