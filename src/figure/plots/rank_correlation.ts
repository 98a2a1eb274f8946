/** `rank_correlation`: Kendall tau-b of all pairs of metrics, on the diagonal that of a repetition. */
import { repeatedClasses, type Study } from "../../analyse/mod.ts";
import { CELL_COUNT } from "../../space/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { inkOn, names } from "../grammar/axes.ts";
import { type Channel, figure } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { layer, words } from "../grammar/marks.ts";
import { axisTitle, metricLabel } from "../grammar/metrics.ts";
import { INK } from "../grammar/theme.ts";

const COLUMN_PX = 44, ROW_PX = 26;
const TARGET: Metric = "hwt@1d";

const color: Channel<"color"> = {
  field: "tau",
  type: "quantitative",
  scale: { domain: [0, 1] },
  title: axisTitle("kendall"),
  legend: {
    orient: "none",
    legendX: COLUMN_PX * 8.2,
    legendY: 24,
    direction: "horizontal",
    gradientLength: 150,
    values: [0, 0.25, 0.5, 0.75, 1],
    format: ".2f",
  },
};
const ink = inkOn("datum.tau > 0.58");

export function rankCorrelation({ benchmark: { metrics }, kendall, retest }: Study) {
  const at = (a: Metric, b: Metric) => fixed(kendall(a, b).estimate, 2);
  const again = fixed(retest.find(({ metric }) => metric === TARGET)!.tau.estimate, 2);
  const cell = (row: Metric, column: Metric, tau: number) => ({
    row: metricLabel(row),
    column: metricLabel(column),
    tau,
    text: fixed(tau, 2),
  });
  const pairs = metrics.flatMap((row, i) =>
    metrics.slice(0, i).map((column) => cell(row, column, kendall(column, row).estimate))
  );
  const diagonal = retest.map(({ metric, tau: { estimate, low, high }, ceiling }) => {
    const { text, ...place } = cell(metric, metric, estimate);
    return { ...place, low, high, ceiling: ceiling.estimate, text };
  });
  const labels = metrics.map(metricLabel), axis = { labelPadding: 5 };
  const band = { domain: labels, padding: 0.03 };
  const place = {
    x: { ...names("column", labels, { ...axis, labelAngle: -40 }), scale: band },
    y: { ...names("row", labels, axis), scale: band },
  };
  return figure({
    numbers: { pairs, diagonal },
    alt: "A triangle of shaded squares: Kendall's tau-b of every pair of metrics, with that of a " +
      "metric and its own repetition framed on the diagonal.",
    finding:
      `PTQ ranks cells like the baseline (τ = ${at("baseline", "ptq")}), not like analog HWT ` +
      `after 1 day (τ = ${at("ptq", TARGET)}, a repetition: ${again})`,
    reading: [
      `Kendall τ-b over all ${count(CELL_COUNT)} cells. Framed: τ-b between`,
      `copies of ${count(repeatedClasses().length)} functions, trained and measured`,
      `separately: how well a metric agrees with its own repetition. Times of one condition share`,
      `a network, so that they can agree better.`,
    ],
    view: {
      width: COLUMN_PX * metrics.length,
      height: ROW_PX * metrics.length,
      layer: [
        layer(pairs, { type: "rect" }, { ...place, color }),
        layer(diagonal, { type: "rect", stroke: INK, strokeWidth: 1.2 }, { ...place, color }),
        words(pairs, { ...place, color: ink }, { fontSize: 9.5, fontWeight: 400 }),
        words(diagonal, { ...place, color: ink }, { fontSize: 9.5, fontWeight: 600 }),
      ],
    },
  });
}
