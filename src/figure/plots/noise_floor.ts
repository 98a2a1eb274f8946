/** `noise_floor`: how far copies of one function differ, beside the published uncertainty. */
import type { NoiseFloor, Retest, Study } from "../../analyse/mod.ts";
import { type Metric, metricParts } from "../../table/schema.ts";
import { along, coloured, names } from "../grammar/axes.ts";
import { beside, figure, type View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { dots, intervals, layer, panel, spans } from "../grammar/marks.ts";
import { conditionScale, conditionWords, metricInText, metricLabel } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, panelTitle } from "../grammar/theme.ts";

const METRIC: Metric = "hwt@1d";
const LINE = { strokeWidth: 1.6 };

/** Rows with their metric's name, and their condition for the colour. */
const placed = <T extends { readonly metric: Metric }>(rows: readonly T[]) =>
  rows.map((row) => ({
    ...row,
    metric: metricLabel(row.metric),
    condition: conditionWords(metricParts(row.metric).condition).label,
  }));

/** A row for each metric, in its condition's colour. */
const rowsOf = (rows: readonly { readonly metric: Metric }[], labels: boolean) => {
  const conditions = rows.map(({ metric }) => metricParts(metric).condition);
  return {
    size: [(CONTENT_WIDTH - 140) / 2, 16 * rows.length] as const,
    y: names("metric", rows.map(({ metric }) => metricLabel(metric)), { labels, grid: true }),
    color: coloured("condition", conditionScale([...new Set(conditions)])),
  };
};

/** Spread of copies with its interval, and the published SD as a hollow diamond. */
function spreadPanel(floors: readonly NoiseFloor[]): View {
  const values = placed(floors).map(({ sd_pct, ...row }) => ({ ...row, ...sd_pct }));
  const { size, ...rows } = rowsOf(floors, true);
  const x = along("sd", [0, 7.5]), shown = { x, ...rows };
  const known = values.filter(({ published_sd_pct }) => published_sd_pct !== null);
  const diamond = { shape: "diamond", filled: false, size: 34, strokeWidth: 1.4 } as const;
  const tick = { type: "tick", thickness: 2, height: 9 } as const;
  return panel(panelTitle("a", "SD of one measurement"), size, [
    ...intervals(values, shown, LINE, { size: 34 }),
    layer(values, tick, { ...shown, x: x("typical_sd_pct") }),
    dots(known, shown, diamond, "published_sd_pct"),
  ]);
}

/** Agreement of a metric with its repetition, and of a perfect predictor with the metric. */
function retestPanel(retests: readonly Retest[]): View {
  const rows = placed(retests), x = along("kendall", [0.65, 1], { format: ".2f" });
  const agreement = rows.map(({ tau, ...row }) => ({ ...row, ...tau }));
  const ceiling = rows.map(({ ceiling, ...row }) => ({ ...row, ...ceiling }));
  const dot = { filled: true, size: 34, strokeWidth: 1.4 };
  const { size, y, color } = rowsOf(retests, false);
  const line = { x, y, color }, outline = { x, y, stroke: color };
  return panel(panelTitle("b", "Rank agreement"), size, [
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
