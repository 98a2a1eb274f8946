/** `rank_correlation`: Kendall tau-b of all pairs of metrics, on the diagonal that of a repetition. */
import { kendallMatrix, repeatedClasses, retest } from "../../analyse/mod.ts";
import { prng } from "../../random.ts";
import { type Metric, METRICS } from "../../table/schema.ts";
import type { Channel, Drawn, Layer, Sources } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { axisTitle, metricLabel } from "../grammar/metrics.ts";
import { INK } from "../grammar/theme.ts";

const COLUMN_PX = 44, ROW_PX = 26;
const TARGET: Metric = "hwt@1d";

export function rankCorrelation({ published, seed }: Sources): Drawn {
  const tau = kendallMatrix(METRICS.map((metric) => published.accuracy(metric)));
  const repeated = retest(published, prng(seed, "retest"));
  const at = (a: Metric, b: Metric) => tau[METRICS.indexOf(a)][METRICS.indexOf(b)];

  const again = repeated[METRICS.indexOf(TARGET)].tau.estimate;

  const pairs = METRICS.flatMap((row, i) =>
    METRICS.slice(0, i).map((column, j) => ({
      row: metricLabel(row),
      column: metricLabel(column),
      tau: tau[i][j],
      text: fixed(tau[i][j], 2),
    }))
  );
  const diagonal = repeated.map(({ metric, tau, ceiling }) => ({
    row: metricLabel(metric),
    column: metricLabel(metric),
    tau: tau.estimate,
    low: tau.low,
    high: tau.high,
    ceiling: ceiling.estimate,
    text: fixed(tau.estimate, 2),
  }));

  const labels = METRICS.map(metricLabel);
  const band = (field: string, labelAngle: number) => ({
    field,
    type: "nominal" as const,
    scale: { domain: labels, padding: 0.03 },
    title: null,
    axis: { domain: false, ticks: false, labelAngle, labelPadding: 5 },
  });
  const x: Channel<"x"> = band("column", -40), y: Channel<"y"> = band("row", 0);
  const text = (values: readonly { tau: number }[], fontWeight: 400 | 600): Layer => ({
    data: { values: [...values] },
    mark: { type: "text", fontSize: 9.5, fontWeight },
    encoding: {
      x,
      y,
      text: { field: "text" },
      color: { condition: { test: "datum.tau > 0.58", value: "white" }, value: INK },
    },
  });
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
  return {
    numbers: { pairs, diagonal },
    spec: {
      title: heading(
        `PTQ ranks cells like the baseline (τ = ${
          fixed(at("baseline", "ptq"), 2)
        }), not like analog HWT after 1 day (τ = ${fixed(at("ptq", TARGET), 2)}, a repetition: ${
          fixed(again, 2)
        })`,
        `Kendall τ-b over all ${count(published.accuracy(TARGET).length)} cells. Framed: τ-b ` +
          `between isomorphic copies of ${
            count(repeatedClasses().length)
          } functions, trained and ` +
          `measured separately: how well a metric agrees with its own repetition. Times of one ` +
          `condition share a network, so that they can agree better.`,
      ),
      width: COLUMN_PX * METRICS.length,
      height: ROW_PX * METRICS.length,
      layer: [
        { data: { values: pairs }, mark: { type: "rect" }, encoding: { x, y, color } },
        {
          data: { values: diagonal },
          mark: { type: "rect", stroke: INK, strokeWidth: 1.2 },
          encoding: { x, y, color },
        },
        text(pairs, 400),
        text(diagonal, 600),
      ],
    },
  };
}
