/** `drift_curves`: accuracy against the time since programming. */
import { CONNECTED, outcomeValues, summarize, take, topK } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import { INFERENCE_TIMES_S, type Metric, type TimeLabel } from "../../table/schema.ts";
import { position } from "../grammar/axes.ts";
import type { Drawn, Layer, Sources, View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { axisTitle, CONDITION, TIME } from "../grammar/metrics.ts";
import { spread } from "../grammar/spread.ts";
import { CONTENT_WIDTH, INK, panelTitle } from "../grammar/theme.ts";

const CONDITIONS = ["noisy", "hwt"] as const;
type Analog = (typeof CONDITIONS)[number];
const TIMES = Object.entries(INFERENCE_TIMES_S) as [TimeLabel, number][];
const metricAt = (condition: Analog, time: TimeLabel): Metric => `${condition}@${time}`;

const WIDTH = (CONTENT_WIDTH - 244) / 2;
const HEIGHT = 210;

interface DriftPoint {
  readonly t_inference_s: number;
  readonly q05: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly q95: number;
}

/** One cell over time, with the published SD over its read-outs. */
interface CellCurve {
  readonly name: string;
  readonly cell: string;
  readonly points: readonly { t_inference_s: number; accuracy: number; sd: number }[];
}

const x = {
  field: "t_inference_s",
  type: "quantitative" as const,
  scale: { type: "log" as const, domain: [45, 3.6e6], nice: false },
  title: axisTitle("t_inference_s"),
  axis: {
    values: TIMES.map(([, seconds]) => seconds),
    labelExpr: TIMES.map(([label, s]) => `datum.value === ${s} ? '${TIME[label]}' : `).join("") +
      "''",
  },
};

function panel(
  condition: Analog,
  points: readonly DriftPoint[],
  cells: readonly CellCurve[],
): View {
  const { colour, label } = CONDITION[condition];
  const y = (field: string) => position(field, "accuracy", [0, 100], { grid: true });
  const band = (low: string, high: string, opacity: number): Layer => ({
    data: { values: [...points] },
    mark: { type: "area", color: colour, opacity },
    encoding: { x, y: y(low), y2: { field: high } },
  });
  const curves = cells.flatMap(({ name, points }) =>
    points.map((point) => ({
      name,
      ...point,
      low: point.accuracy - point.sd,
      high: point.accuracy + point.sd,
    }))
  );
  const last = points[points.length - 1];
  const ends = [
    ...cells.map(({ name, points }) => ({
      text: name,
      accuracy: points[points.length - 1].accuracy,
      bold: false,
    })),
    { text: "median", accuracy: last.median, bold: true },
  ];
  const places = spread(ends.map(({ accuracy }) => accuracy), 6.2);
  const detail = { field: "name", type: "nominal" as const };
  return {
    title: panelTitle(condition === "noisy" ? "a" : "b", label),
    width: WIDTH,
    height: HEIGHT,
    layer: [
      band("q05", "q95", 0.15),
      band("q25", "q75", 0.3),
      {
        data: { values: [...points] },
        mark: { type: "line", color: colour, strokeWidth: 2.4, point: { color: colour, size: 28 } },
        encoding: { x, y: y("median") },
      },
      {
        data: { values: curves },
        mark: { type: "line", color: INK, strokeWidth: 1 },
        encoding: {
          x,
          y: y("accuracy"),
          detail,
          strokeDash: {
            condition: { test: "indexof(datum.name, 'digital') >= 0", value: [4, 2] },
            value: [1, 0],
          },
        },
      },
      {
        data: { values: curves },
        mark: { type: "rule", color: INK, strokeWidth: 1 },
        encoding: { x, y: y("low"), y2: { field: "high" }, detail },
      },
      {
        data: { values: ends.map((end, i) => ({ ...end, place: places[i] })) },
        mark: { type: "text", align: "left" },
        encoding: {
          x: { value: WIDTH + 4 },
          y: y("place"),
          text: { field: "text" },
          color: { condition: { test: "datum.bold", value: colour }, value: INK },
        },
      },
    ],
  };
}

export function driftCurves({ published }: Sources): Drawn {
  const [bestDigital] = topK(published.accuracy("baseline"), 1);
  const curve = (condition: Analog, name: string, index: number): CellCurve => ({
    name,
    cell: cellText(cellAt(index)),
    points: TIMES.map(([time, t_inference_s]) => ({
      t_inference_s,
      accuracy: published.accuracy(metricAt(condition, time))[index],
      sd: published.sd(metricAt(condition, time))![index],
    })),
  });
  const conditions = CONDITIONS.map((condition) => {
    const [best] = topK(published.accuracy(metricAt(condition, "30d")), 1);
    return {
      condition,
      points: TIMES.map(([time, t_inference_s]): DriftPoint => ({
        t_inference_s,
        ...summarize(take(published.accuracy(metricAt(condition, time)), CONNECTED)),
      })),
      cells: [
        curve(condition, "best at 30 days", best),
        curve(condition, "best digital cell", bestDigital),
      ],
    };
  });
  const drop = (condition: Analog) =>
    summarize(take(outcomeValues(published, `drift_drop.${condition}`), CONNECTED));
  const [noisy, hwt] = CONDITIONS.map(drop);
  return {
    numbers: { conditions, drift_drop: { noisy, hwt } },
    spec: {
      title: heading(
        `From 1 minute to 30 days, drift costs the median cell ${
          fixed(noisy.median, 1)
        } points with digital weights and ${fixed(hwt.median, 1)} after HWT`,
        `${
          count(CONNECTED.length)
        } connected cells. Line: median; bands: 25 to 75 % and 5 to 95 % of cells. Thin lines: single ` +
          `cells with ± 1 published SD over 25 read-outs. Dashed: the cell with the best baseline, ${
            cellText(cellAt(bestDigital))
          }.`,
      ),
      spacing: 20,
      hconcat: conditions.map(({ condition, points, cells }) => panel(condition, points, cells)),
    },
  };
}
