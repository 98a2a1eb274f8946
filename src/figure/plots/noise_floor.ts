/** `noise_floor`: how far copies of one function differ, beside the published uncertainty. */
import {
  type Interval,
  type NoiseFloor,
  noiseFloor,
  type Retest,
  retest,
} from "../../analyse/mod.ts";
import { prng } from "../../random.ts";
import { type Metric, metricParts, METRICS } from "../../table/schema.ts";
import { position } from "../grammar/axes.ts";
import type { Channel, Drawn, Layer, Sources, View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { CONDITION, CONDITION_SCALE, metricInText, metricLabel } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, panelTitle } from "../grammar/theme.ts";

const METRIC: Metric = "hwt@1d";
const HEIGHT = 16 * METRICS.length;

const label = (metric: Metric) => CONDITION[metricParts(metric).condition].label;
const y = (first: boolean): Channel<"y"> => ({
  field: "metric",
  type: "nominal",
  scale: { domain: METRICS.map(metricLabel) },
  title: null,
  axis: { labels: first, ticks: false, domain: false, grid: true },
});
const color: Channel<"color"> = {
  field: "condition",
  type: "nominal",
  scale: CONDITION_SCALE,
  legend: null,
};

/** Spread of copies with its interval, and the published SD as a hollow diamond. */
function spreadPanel(floors: readonly NoiseFloor[]): View {
  const values = floors.map(({ metric, sd_pct, typical_sd_pct, published_sd_pct }) => ({
    metric: metricLabel(metric),
    condition: label(metric),
    ...sd_pct,
    typical: typical_sd_pct,
    published: published_sd_pct,
  }));
  const x = (field: string) => position(field, "sd", [0, 7.5]);
  const mark = (type: "point" | "tick", field: string, look: Record<string, unknown>): Layer => ({
    data: { values: values.filter((value) => value[field as "published"] !== null) },
    mark: { type, ...look },
    encoding: { x: x(field), y: y(true), color },
  });
  return {
    title: panelTitle("a", "SD of one measurement", 8),
    width: (CONTENT_WIDTH - 140) / 2,
    height: HEIGHT,
    layer: [
      {
        data: { values },
        mark: { type: "rule", strokeWidth: 1.6 },
        encoding: { x: x("low"), x2: { field: "high" }, y: y(true), color },
      },
      mark("point", "estimate", { size: 34 }),
      mark("tick", "typical", { thickness: 2, height: 9 }),
      mark("point", "published", { shape: "diamond", filled: false, size: 34, strokeWidth: 1.4 }),
    ],
  };
}

/** Agreement of a metric with its repetition, and of a perfect predictor with the metric. */
function retestPanel(retests: readonly Retest[]): View {
  const rows = (pick: (row: Retest) => Interval) =>
    retests.map((row) => ({
      metric: metricLabel(row.metric),
      condition: label(row.metric),
      ...pick(row),
    }));
  const x = (field: string) => position(field, "kendall", [0.65, 1], { format: ".2f" });
  const layers = (values: readonly object[], filled: boolean): Layer[] => [
    {
      data: { values: [...values] },
      mark: { type: "rule", strokeWidth: 1.6 },
      encoding: { x: x("low"), x2: { field: "high" }, y: y(false), color },
    },
    {
      data: { values: [...values] },
      mark: {
        type: "point",
        filled: true,
        size: 34,
        strokeWidth: 1.4,
        ...(filled ? {} : { fill: "white" }),
      },
      encoding: { x: x("estimate"), y: y(false), stroke: color, ...(filled ? { color } : {}) },
    },
  ];
  return {
    title: panelTitle("b", "Rank agreement", 8),
    width: (CONTENT_WIDTH - 140) / 2,
    height: HEIGHT,
    layer: [...layers(rows((row) => row.tau), true), ...layers(rows((row) => row.ceiling), false)],
  };
}

export function noiseFloorFigure({ published, seed }: Sources): Drawn {
  const floors = noiseFloor(published, prng(seed, "noise_floor"));
  const retests = retest(published, prng(seed, "retest"));
  const floor = floors[METRICS.indexOf(METRIC)];
  return {
    numbers: { floors, retests },
    spec: {
      title: heading(
        `Copies of one function differ by ${
          fixed(floor.sd_pct.estimate, 1)
        } points (SD; typically ${fixed(floor.typical_sd_pct, 1)}) under ${
          metricInText(METRIC)
        }; the published uncertainty says ${fixed(floor.published_sd_pct!, 1)}`,
        `${count(floor.cells)} cells in ${
          count(floor.classes)
        } isomorphism classes of two or more, each trained and measured separately. a, dot: pooled SD within ` +
          `classes; tick: the same from the median deviation; diamond: published SD over read-outs. b, ` +
          `filled: τ-b between two copies; hollow: the most that a perfect predictor could reach. Lines: 95 % ` +
          `intervals by bootstrap over classes.`,
      ),
      spacing: 14,
      hconcat: [spreadPanel(floors), retestPanel(retests)],
    },
  };
}
