/** Panels of `linear_paths`: shares, contrast, inputs of layers, predictors. */
import type { CollapseStudy, LinearPathGroup, Study } from "../../analyse/mod.ts";
import { along, coloured, logarithmic, names } from "../grammar/axes.ts";
import type { View } from "../grammar/figure.ts";
import { count } from "../grammar/format.ts";
import { haloed, intervals, layer, panel, reference, words } from "../grammar/marks.ts";
import { quantityOf } from "../grammar/metrics.ts";
import { ACCENT, CONTENT_WIDTH, INK, MUTED, panelTitle } from "../grammar/theme.ts";

const SIZE = [(CONTENT_WIDTH - 190) / 2, 150] as const;
/** None, one, and two linear paths or more; the last is what the figure points at. */
const KINDS = { domain: ["none", "one", "two"], range: [MUTED, "#0072B2", ACCENT] };
const kind = (linear_paths: number) => KINDS.domain[Math.min(linear_paths, 2)];
const colour = coloured("kind", KINDS);
const LINE = { strokeWidth: 1.6 };

/** Share of able cells that collapse, by number of linear paths. */
export function sharePanel(groups: readonly LinearPathGroup[]): View {
  const rows = groups.map(({ linear_paths, collapsed, cells }) => ({
    kind: kind(linear_paths),
    name: `${kind(linear_paths)} (${count(cells)})`,
    estimate: 100 * collapsed.estimate,
    low: 100 * collapsed.low,
    high: 100 * collapsed.high,
  }));
  const y = names("name", rows.map(({ name }) => name), { grid: true });
  const at = { x: along("share", [0, 100]), y, color: colour }, dot = { size: 40, filled: true };
  const title = panelTitle("a", "Collapsed under noise, by linear paths");
  return panel(title, [SIZE[0], 70], intervals(rows, at, LINE, dot));
}

/** Two or more linear paths less one or none at equal live operations. */
export function contrastPanel({ linearPathContrast }: Study): View {
  const rows = linearPathContrast.map(({ outcome, mean }) => ({
    outcome: quantityOf(outcome).label.replace(" accuracy", ""),
    ...mean,
  }));
  const y = names("outcome", rows.map(({ outcome }) => outcome), { grid: true });
  const dot = { size: 34, filled: true, color: INK };
  return panel(panelTitle("b", "Two or more − fewer, equal operations"), [SIZE[0], 172], [
    reference("x", 0, { color: MUTED, strokeWidth: 0.8 }),
    ...intervals(rows, { x: along("difference", [-70, 15]), y }, LINE, dot),
  ]);
}

/** The size of what reaches each layer, a line a trained cell, against the fixed input range. */
export function inputPanel({ cells }: CollapseStudy): View {
  const rows = cells.flatMap(({ linear_paths, layers }) => {
    const path = { kind: kind(linear_paths) }, last = layers.length - 1;
    return layers.map(({ rms }, at) => ({ ...path, place: 100 * at / last, rms }));
  });
  const x = along("layer_place", [0, 100])("place");
  const y = logarithmic("input_rms", [0.3, 3000], { values: [0.3, 3, 30, 300, 3000] })("rms");
  const look = { align: "right", baseline: "bottom", color: INK, fontSize: 9.5 } as const;
  const range = [{ place: 100, rms: 3.1, text: "input range of the published script" }];
  return panel(panelTitle("c", "What reaches the crossbars of trained cells"), [...SIZE], [
    layer(rows, { type: "point", size: 9, filled: true, opacity: 0.6 }, { x, y, color: colour }),
    reference("y", 3, { color: MUTED, strokeDash: [3, 3] }, { ...y, field: undefined }),
    ...haloed(range, { x, y }, 3, look),
  ]);
}

/** Agreement of a forest with the truth on unseen cells, with and without the paths as features. */
export function predictorPanel({ predictorGains }: Study): View {
  const drawn = predictorGains.filter(({ metric }) => metric === "noisy");
  const rows = drawn.flatMap(({ training_cells, twelve, with_paths }) => [
    { training_cells, kind: "none", ...twelve },
    { training_cells, kind: "two", ...with_paths },
  ]);
  const sizes = drawn.map(({ training_cells }) => training_cells);
  const x = logarithmic("training_cells", [20, 500], { values: sizes })("training_cells");
  const label = (kind: string, text: string) => {
    const end = rows.findLast((row) => row.kind === kind)!;
    return { ...end, text, tau: end.estimate + 0.06 };
  };
  const labels = [label("two", "with linear paths"), label("none", "operations, depth, paths")];
  const y = along("kendall", [0, 0.8]);
  return panel(panelTitle("d", "Forests that rank unseen cells by noisy accuracy"), [...SIZE], [
    layer(rows, { type: "line", strokeWidth: 1.4 }, { x, y: y("estimate"), color: colour }),
    ...intervals(rows, { x, y, color: colour }, { strokeWidth: 1.4 }, { size: 26, filled: true }),
    words(labels, { x, y: y("tau"), color: colour }, { align: "right", fontSize: 9.5 }),
  ]);
}
