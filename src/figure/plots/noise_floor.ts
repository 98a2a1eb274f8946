/** `noise_floor`: how far copies of one function differ, beside the published uncertainty. */
import type { Interval, NoiseFloor, Retest, Study } from "../../analyse/mod.ts";
import { type Metric, metricParts } from "../../table/schema.ts";
import { along, coloured, names } from "../grammar/axes.ts";
import { beside, figure, type View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { dots, intervals, layer, panel, spans } from "../grammar/marks.ts";
import { conditionScale, conditionWords, metricInText, metricLabel } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, panelTitle } from "../grammar/theme.ts";

const METRIC: Metric = "hwt@1d";
const size = (rows: readonly unknown[]) => [(CONTENT_WIDTH - 140) / 2, 16 * rows.length] as const;

/** What places a row: the metric's name, and the condition for its colour. */
const place = (metric: Metric) => ({
  metric: metricLabel(metric),
  condition: conditionWords(metricParts(metric).condition).label,
});
/** Rows of the metrics, and their colours. */
const rowsOf = (rows: readonly { readonly metric: Metric }[], labels: boolean) => ({
  y: names("metric", rows.map(({ metric }) => metricLabel(metric)), { labels, grid: true }),
  color: coloured(
    "condition",
    conditionScale([...new Set(rows.map(({ metric }) => metricParts(metric).condition))]),
  ),
});
const LINE = { strokeWidth: 1.6 };

/** Spread of copies with its interval, and the published SD as a hollow diamond. */
function spreadPanel(floors: readonly NoiseFloor[]): View {
  const values = floors.map(({ metric, sd_pct, typical_sd_pct, published_sd_pct }) => ({
    ...place(metric),
    ...sd_pct,
    typical: typical_sd_pct,
    published: published_sd_pct,
  }));
  const shown = { x: along("sd", [0, 7.5]), ...rowsOf(floors, true) };
  const at = (field: string) => ({ ...shown, x: shown.x(field) });
  const known = values.filter(({ published }) => published !== null);
  const diamond = { shape: "diamond", filled: false, size: 34, strokeWidth: 1.4 } as const;
  return panel(panelTitle("a", "SD of one measurement"), size(floors), [
    ...intervals(values, shown, LINE, { size: 34 }),
    layer(values, { type: "tick", thickness: 2, height: 9 }, at("typical")),
    layer(known, { type: "point", ...diamond }, at("published")),
  ]);
}

/** Agreement of a metric with its repetition, and of a perfect predictor with the metric. */
function retestPanel(retests: readonly Retest[]): View {
  const rows = (pick: (row: Retest) => Interval) =>
    retests.map((row) => ({ ...place(row.metric), ...pick(row) }));
  const x = along("kendall", [0.65, 1], { format: ".2f" });
  const agreement = rows((row) => row.tau), ceiling = rows((row) => row.ceiling);
  const dot = { filled: true, size: 34, strokeWidth: 1.4 };
  const { y, color } = rowsOf(retests, false);
  const line = { x, y, color }, outline = { x, y, stroke: color };
  return panel(panelTitle("b", "Rank agreement"), size(retests), [
    spans(agreement, line, LINE),
    dots(agreement, { ...outline, fill: color }, dot),
    spans(ceiling, line, LINE),
    dots(ceiling, outline, { ...dot, fill: "white" }),
  ]);
}

export function noiseFloorFigure({ noiseFloor: floors, retest: retests }: Study) {
  const floor = floors.find(({ metric }) => metric === METRIC)!;
  const typical = fixed(floor.typical_sd_pct, 1), said = fixed(floor.published_sd_pct!, 1);
  return figure({
    numbers: { floors, retests },
    alt: "Dots with intervals for each metric: left the spread of copies of one function beside " +
      "the published uncertainty, right the rank agreement of a metric with its repetition and " +
      "its ceiling.",
    finding: `Copies of one function differ by ${fixed(floor.sd_pct.estimate, 1)} points (SD; ` +
      `typically ${typical}) under ${metricInText(METRIC)}; ` +
      `the published uncertainty says ${said}`,
    reading: [
      `${count(floor.cells)} cells in ${count(floor.classes)} functions of two or more,`,
      `each trained and measured separately. a, dot: pooled SD within functions; tick: the same from`,
      `the median deviation; diamond: published SD over read-outs. b, filled: τ-b between two`,
      `copies; hollow: the most that a perfect predictor could reach. Lines: 95 % intervals,`,
      `functions of one expression together.`,
    ],
    view: beside(14, spreadPanel(floors), retestPanel(retests)),
  });
}
