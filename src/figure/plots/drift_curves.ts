/** `drift_curves`: accuracy against the time since programming. */
import { CONNECTED, type Study, type Summary } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import type { Metric, TimeLabel } from "../../table/schema.ts";
import { along, timeAxis, TIMES } from "../grammar/axes.ts";
import type { Channel, Drawn, View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { band, endLabels, layer, panel, spans } from "../grammar/marks.ts";
import { CONDITION } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, INK, panelTitle } from "../grammar/theme.ts";

const CONDITIONS = ["noisy", "hwt"] as const;
type Analog = (typeof CONDITIONS)[number];
const metricAt = (condition: Analog, time: TimeLabel): Metric => `${condition}@${time}`;

const WIDTH = (CONTENT_WIDTH - 244) / 2, HEIGHT = 210;

type DriftPoint = Summary & { readonly t_inference_s: number };

/** One cell over time, with the published SD over its read-outs. */
interface CellCurve {
  readonly name: string;
  readonly cell: string;
  readonly points: readonly { t_inference_s: number; accuracy: number; sd: number }[];
}

const last = <T>(items: readonly T[]) => items[items.length - 1];

function curves(
  condition: Analog,
  points: readonly DriftPoint[],
  cells: readonly CellCurve[],
): View {
  const { colour, label } = CONDITION[condition];
  const x = timeAxis(), y = along("accuracy", [0, 100], { grid: true });
  const rows = cells.flatMap(({ name, points }) =>
    points.map(({ accuracy, sd, ...point }) => ({
      ...{ name, ...point, accuracy, sd, low: accuracy - sd, high: accuracy + sd },
    }))
  );
  const ends = [
    ...cells.map(({ name, points }) => ({
      text: name,
      at: last(points).accuracy,
      bold: false,
    })),
    { text: "median", at: last(points).median, bold: true },
  ];
  const detail: Channel<"detail"> = { field: "name", type: "nominal" };
  const strokeDash: Channel<"strokeDash"> = {
    condition: { test: "indexof(datum.name, 'digital') >= 0", value: [4, 2] },
    value: [1, 0],
  };
  const color: Channel<"color"> = { condition: { test: "datum.bold", value: colour }, value: INK };
  const thin = { color: INK, strokeWidth: 1 };
  const thick = { color: colour, strokeWidth: 2.4, point: { color: colour, size: 28 } };
  return panel(panelTitle(condition === "noisy" ? "a" : "b", label), [WIDTH, HEIGHT], [
    band(points, { x, y }, { color: colour, opacity: 0.15 }, ["q05", "q95"]),
    band(points, { x, y }, { color: colour, opacity: 0.3 }, ["q25", "q75"]),
    layer(points, { type: "line", ...thick }, { x, y: y("median") }),
    layer(rows, { type: "line", ...thin }, { x, y: y("accuracy"), detail, strokeDash }),
    spans(rows, { x, y, detail }, thin),
    endLabels(ends, WIDTH, 6.2, y, { color }),
  ]);
}

export function driftCurves({ benchmark, best, summary }: Study): Drawn {
  const bestDigital = best("baseline").cell_index;
  const curve = (condition: Analog, name: string, index: number): CellCurve => ({
    name,
    cell: cellText(cellAt(index)),
    points: TIMES.map(([time, t_inference_s]) => ({
      t_inference_s,
      accuracy: benchmark.accuracy(metricAt(condition, time))[index],
      sd: benchmark.sd(metricAt(condition, time))![index],
    })),
  });
  const conditions = CONDITIONS.map((condition) => {
    const last = best(metricAt(condition, "30d")).cell_index;
    return {
      condition,
      points: TIMES.map(([time, t_inference_s]): DriftPoint => ({
        t_inference_s,
        ...summary(metricAt(condition, time)),
      })),
      cells: [
        curve(condition, "best at 30 days", last),
        curve(condition, "best digital cell", bestDigital),
      ],
    };
  });
  const [noisy, hwt] = CONDITIONS.map((condition) => summary(`drift_drop.${condition}`));
  return {
    numbers: { conditions, drift_drop: { noisy, hwt } },
    alt: "Accuracy against time since programming on a logarithmic axis, without and with " +
      "hardware-aware training: median, two bands of quantiles and two single cells.",
    spec: {
      title: heading(
        `From 1 minute to 30 days the median loss of a cell is ${fixed(noisy.median, 1)} points ` +
          `with digital weights and ${fixed(hwt.median, 1)} after HWT`,
        `${
          count(CONNECTED.length)
        } connected cells; loss: 1 min − 30 days, cell by cell. Line: median accuracy; bands: 25 to 75 % and 5 to 95 %`,
        `of cells. Thin lines: single cells with ± 1 published SD over 25 read-outs. Dashed: the cell`,
        `with the best baseline, ${cellText(cellAt(bestDigital))}.`,
      ),
      spacing: 20,
      hconcat: conditions.map(({ condition, points, cells }) => curves(condition, points, cells)),
    },
  };
}
