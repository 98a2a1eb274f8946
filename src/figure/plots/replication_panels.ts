/** Panels of `replication`: rank agreement, drift curves, matched effects of a skip connection. */
import type { Agreement, MatchedPair } from "../../analyse/mod.ts";
import { OPERATIONS } from "../../space/mod.ts";
import { overTime } from "../../table/schema.ts";
import { along, coloured, free, names, timeAxis } from "../grammar/axes.ts";
import type { View } from "../grammar/figure.ts";
import { dots, endLabels, layer, panel, reference, spans } from "../grammar/marks.ts";
import {
  axisTitle,
  colourScale,
  CONDITION,
  conditionScale,
  conditionWords,
  metricLabel,
  OPERATION,
} from "../grammar/metrics.ts";
import { INK, MUTED, panelTitle } from "../grammar/theme.ts";

const TAU_WIDTH = 120, CURVE_WIDTH = 105, PAIR_WIDTH = 115, HEIGHT = 220;
const SOURCES = { published: "published", measured: "measured here" } as const;

/** Rank agreement, a line a metric; a tick where noise alone would end it. */
export function tauPanel(agreements: readonly Agreement[]): View {
  const values = agreements.map(({ metric, tau, ceiling }) => ({
    metric: metricLabel(metric),
    ...tau,
    ceiling,
  }));
  const bounded = values.filter(({ low, high }) => high - low < 2);
  const x = along("kendall", [-1, 1]), y = names("metric", values.map(({ metric }) => metric));
  const tick = { type: "tick", color: MUTED, thickness: 2, size: 12 } as const;
  return panel(panelTitle("a", "Same order of the cells?"), [TAU_WIDTH, HEIGHT], [
    spans(bounded, { x, y }, { color: INK, strokeWidth: 1.4, clip: true }),
    layer(values, tick, { x: x("ceiling"), y }),
    dots(values, { x, y }, { size: 38, color: CONDITION.hwt.colour }),
  ]);
}

/** Mean over the cells at each time of each condition that drifts, both sources. */
export function curvePoints(agreements: readonly Agreement[]) {
  const of = new Map(agreements.map((a) => [a.metric, a]));
  return [...overTime([...of.keys()])].flatMap(([condition, timed]) =>
    timed.flatMap(({ metric, t_inference_s }) => {
      const { measured_pct, published_pct } = of.get(metric)!;
      const point = { condition: conditionWords(condition).label, t_inference_s };
      return [
        { ...point, source: SOURCES.published, accuracy: published_pct },
        { ...point, source: SOURCES.measured, accuracy: measured_pct },
      ];
    })
  );
}

/** The curves of `curvePoints`, named at their ends. */
export function curvePanel(agreements: readonly Agreement[]): View {
  const points = curvePoints(agreements), x = timeAxis(points, { labelFontSize: 9 });
  const conditions = overTime(agreements.map(({ metric }) => metric)).keys();
  const y = (field: string) => free(field, axisTitle("accuracy"), { tickCount: undefined });
  const scale = { domain: Object.values(SOURCES), range: [[4, 3], [1, 0]] };
  const strokeDash = { field: "source", type: "nominal", scale, legend: null } as const;
  const color = coloured("condition", conditionScale([...conditions]));
  const accuracies = points.map(({ accuracy }) => accuracy);
  const room = (Math.max(...accuracies) - Math.min(...accuracies)) * 0.06;
  const byCurve = Map.groupBy(points, ({ condition, source }) => `${condition}, ${source}`);
  const ends = [...byCurve].map(([text, curve]) => ({
    ...curve[0],
    text,
    at: curve.at(-1)!.accuracy,
  }));
  return panel(panelTitle("b", "Same drift?"), [CURVE_WIDTH, HEIGHT], [
    layer(points, { type: "line" }, { x, y: y("accuracy"), color, strokeDash }),
    dots(points, { x, y, color }, { size: 26 }, "accuracy"),
    endLabels(ends, CURVE_WIDTH, room, y, { color }, { fontSize: 9 }),
  ]);
}

/** Effect of a skip connection in each context: published against measured. */
export function pairPanel(pairs: readonly MatchedPair[]): View {
  const ends = pairs.flatMap(({ measured, published }) => [measured, published, 0]);
  const domain = [Math.floor(Math.min(...ends)) - 1, Math.ceil(Math.max(...ends)) + 1] as const;
  const values = pairs.map(({ other, ...pair }) => ({ ...pair, other: OPERATION[other].label }));
  const [, ...others] = OPERATIONS.map((name) => OPERATION[name]);
  const x = along("drift_swap", domain, { title: "Published (pp)" })("published");
  const y = along("drift_swap", domain, { title: "Measured here (pp)" })("measured");
  const title = "in place of", legend = { title, orient: "bottom", columns: 2, offset: 4 } as const;
  const color = { ...coloured("other", colourScale(others), legend), title };
  const [from, to] = domain, pale = { color: "#DDDDDD" };
  return panel(panelTitle("c", "Same effect of a skip connection?"), [PAIR_WIDTH, HEIGHT], [
    reference("x", 0, pale),
    reference("y", 0, pale),
    layer([{ from, to }], { type: "rule", color: MUTED, strokeDash: [2, 3] }, {
      x: { field: "from", type: "quantitative" },
      y: { field: "from", type: "quantitative" },
      x2: { field: "to" },
      y2: { field: "to" },
    }),
    layer(values, { type: "point", size: 50 }, { x, y, color }),
  ]);
}
