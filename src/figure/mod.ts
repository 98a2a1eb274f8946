/**
 * Figures: the study in, Vega-Lite specs, the numbers drawn and words for who cannot see them out. One pure
 * function and one file a figure in `plots/`, named like its id, said in the words of `grammar/`; labels come
 * from grammar/metrics.ts, looks from grammar/theme.ts. `notebook/` is what notebooks show. Nothing here
 * computes a statistic of its own beyond binning, or draws a random number: that is `analyse`'s.
 */
export type { Drawn, Figure } from "./grammar/figure.ts";
export { type FigureId, FIGURES } from "./plots/figures.ts";
export {
  axisTitle,
  CONDITION,
  CONDITION_MEANS,
  CONDITION_SCALE,
  metricLabel,
  OPERATION,
  OPERATION_SCALE,
  type Quantity,
  type QuantityName,
  quantityOf,
} from "./grammar/metrics.ts";
export { PAGE_WIDTH, THEME, themed } from "./grammar/theme.ts";
export { FONT_FAMILY, FONT_FILES } from "./grammar/fonts.ts";
export { PRINT_ZOOM, renderPng, renderSvg } from "./grammar/render.ts";
export { chart, type Displayable, drawing, showAll, showInstead } from "./notebook/chart.ts";
export { type Curve, learningCurves } from "./notebook/learning_curves.ts";
export { count, fixed, interval, intervalText, signed } from "./grammar/format.ts";
export { prose, showClaim, showTable } from "./notebook/markdown.ts";
export { cellDiagram } from "./notebook/cell_diagram.ts";
export {
  drawColumnFigure,
  drawFigure,
  FIGURE_IDS,
  type FigureFiles,
  parseFigureId,
  renderFigure,
  showFigure,
} from "./draw.ts";
