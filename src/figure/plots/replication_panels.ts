/** Panels of `replication`: rank agreement, drift curves, matched effects of a skip connection. */
import { type Agreement, type MatchedPair } from "../../analyse/mod.ts";
import { type OperationName, OPERATIONS } from "../../space/mod.ts";
import { INFERENCE_TIMES_S, METRICS, type TimeLabel } from "../../table/schema.ts";
import { position } from "../grammar/axes.ts";
import type { Channel, Layer, View } from "../grammar/figure.ts";
import {
  axisTitle,
  CONDITION,
  metricLabel,
  OPERATION,
  OPERATION_SCALE,
  TIME,
} from "../grammar/metrics.ts";
import { spread } from "../grammar/spread.ts";
import { INK, MUTED, panelTitle } from "../grammar/theme.ts";

const TAU_WIDTH = 120, CURVE_WIDTH = 105, PAIR_WIDTH = 115, HEIGHT = 220;
const TIMES = Object.entries(INFERENCE_TIMES_S) as [TimeLabel, number][];
const SOURCES = { published: "published", measured: "measured here" } as const;

/** Rank agreement, a line a metric; a tick where noise alone would end it. */
export function tauPanel(agreements: readonly Agreement[]): View {
  const values = agreements.map(({ metric, tau, ceiling }) => ({
    metric: metricLabel(metric),
    tau: tau.estimate,
    low: tau.low,
    high: tau.high,
    ceiling,
  }));
  const y: Channel<"y"> = {
    field: "metric",
    type: "nominal",
    scale: { domain: METRICS.map(metricLabel) },
    title: null,
    axis: { domain: false, ticks: false },
  };
  const x = (field: string) => position(field, "kendall", [-1, 1]);
  return {
    title: panelTitle("a", "Same order of the cells?"),
    width: TAU_WIDTH,
    height: HEIGHT,
    layer: [
      {
        data: { values: values.filter(({ low, high }) => high - low < 2) },
        mark: { type: "rule", color: INK, strokeWidth: 1.4, clip: true },
        encoding: { x: x("low"), x2: { field: "high" }, y },
      },
      {
        data: { values },
        mark: { type: "tick", color: MUTED, thickness: 2, size: 12 },
        encoding: { x: x("ceiling"), y },
      },
      {
        data: { values },
        mark: { type: "point", size: 38, color: CONDITION.hwt.colour },
        encoding: { x: x("tau"), y },
      },
    ],
  };
}

export interface CurvePoint {
  readonly condition: "Noisy" | "HWT";
  readonly source: string;
  readonly t_inference_s: number;
  readonly accuracy: number;
}

/** Mean over the cells at each time, both sources. */
export function curvePoints(agreements: readonly Agreement[]): CurvePoint[] {
  const of = new Map(agreements.map((a) => [a.metric, a]));
  return (["noisy", "hwt"] as const).flatMap((condition) =>
    TIMES.flatMap(([label, t_inference_s]) => {
      const { measured_pct, published_pct } = of.get(`${condition}@${label}`)!;
      const point = {
        condition: CONDITION[condition].label as CurvePoint["condition"],
        t_inference_s,
      };
      return [
        { ...point, source: SOURCES.published, accuracy: published_pct },
        { ...point, source: SOURCES.measured, accuracy: measured_pct },
      ];
    })
  );
}

/** The curves of `curvePoints`, named at their ends. */
export function curvePanel(points: readonly CurvePoint[]): View {
  const labels = Object.fromEntries(TIMES.map(([label, seconds]) => [seconds, TIME[label]]));
  const x: Channel<"x"> = {
    field: "t_inference_s",
    type: "quantitative",
    scale: { type: "log", domain: [45, 4_000_000], nice: false },
    title: axisTitle("t_inference_s"),
    axis: {
      values: TIMES.map(([, seconds]) => seconds),
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
      labelFontSize: 9,
    },
  };
  const y: Channel<"y"> = {
    field: "accuracy",
    type: "quantitative",
    scale: { zero: false },
    title: axisTitle("accuracy"),
  };
  const strokeDash: Channel<"strokeDash"> = {
    field: "source",
    type: "nominal",
    scale: { domain: Object.values(SOURCES), range: [[4, 3], [1, 0]] },
    legend: null,
  };
  const color: Channel<"color"> = {
    field: "condition",
    type: "nominal",
    scale: {
      domain: [CONDITION.noisy.label, CONDITION.hwt.label],
      range: [CONDITION.noisy.colour, CONDITION.hwt.colour],
    },
    legend: null,
  };
  const values = [...points];
  const accuracies = points.map(({ accuracy }) => accuracy);
  const room = (Math.max(...accuracies) - Math.min(...accuracies)) * 0.06;
  const last = points.filter(({ t_inference_s }) => t_inference_s === TIMES[TIMES.length - 1][1]);
  const places = spread(last.map(({ accuracy }) => accuracy), room);
  const ends = last.map(({ condition, source }, k) => ({
    condition,
    text: `${condition}, ${source}`,
    accuracy: places[k],
  }));
  return {
    title: panelTitle("b", "Same drift?"),
    width: CURVE_WIDTH,
    height: HEIGHT,
    data: { values },
    layer: [
      { mark: { type: "line" }, encoding: { x, y, color, strokeDash } },
      { mark: { type: "point", size: 26 }, encoding: { x, y, color } },
      {
        data: { values: ends },
        mark: { type: "text", align: "left", fontSize: 9 },
        encoding: { x: { value: CURVE_WIDTH + 4 }, y, color, text: { field: "text" } },
      },
    ],
  };
}

/** Effect of a skip connection in each context: published against measured. */
export function pairPanel(pairs: readonly MatchedPair[]): View {
  const ends = pairs.flatMap(({ measured, published }) => [measured, published, 0]);
  const domain = [Math.floor(Math.min(...ends)) - 1, Math.ceil(Math.max(...ends)) + 1] as const;
  const values = pairs.map(({ other, ...pair }) => ({ ...pair, other: OPERATION[other].label }));
  const others = OPERATIONS.slice(1) as OperationName[];
  const zero = (channel: "x" | "y"): Layer => ({
    data: { values: [{ zero: 0 }] },
    mark: { type: "rule", color: "#DDDDDD" },
    encoding: { [channel]: { field: "zero", type: "quantitative" } },
  });
  return {
    title: panelTitle("c", "Same effect of a skip connection?"),
    width: PAIR_WIDTH,
    height: HEIGHT,
    layer: [
      zero("x"),
      zero("y"),
      {
        data: { values: [{ from: domain[0], to: domain[1] }] },
        mark: { type: "rule", color: MUTED, strokeDash: [2, 3] },
        encoding: {
          x: { field: "from", type: "quantitative" },
          y: { field: "from", type: "quantitative" },
          x2: { field: "to" },
          y2: { field: "to" },
        },
      },
      {
        data: { values },
        mark: { type: "point", size: 50 },
        encoding: {
          x: { ...position("published", "drift_swap", domain), title: "Published (pp)" },
          y: { ...position("measured", "drift_swap", domain), title: "Measured here (pp)" },
          color: {
            field: "other",
            type: "nominal",
            scale: {
              domain: others.map((name) => OPERATION[name].label),
              range: others.map((name) => OPERATION_SCALE.range[OPERATIONS.indexOf(name)]),
            },
            title: "in place of",
            legend: { orient: "bottom", columns: 2, offset: 4 },
          },
        },
      },
    ],
  };
}
