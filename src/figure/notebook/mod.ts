/** What notebooks show: figures, tables, text with computed numbers, claims, cells and charts. */
export { showFigure as figure } from "../draw.ts";
export { prose as text, showClaim as claim, showTable as table } from "./markdown.ts";
export { cellDiagram as cell } from "./cell_diagram.ts";
export { chart, type Displayable, showAll as each, showInstead as live } from "./chart.ts";
export { memoryChart as memory } from "./memory_chart.ts";
export { type Curve, learningCurves as curves } from "./learning_curves.ts";
export { count, fixed, interval, intervalText, pText, signed } from "../grammar/format.ts";
