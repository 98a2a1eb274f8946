/** `drift_curves`: accuracy against the time since programming. */
import { CONNECTED, type Study } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import { overTime, timeText } from "../../table/schema.ts";
import { along, timeAxis } from "../grammar/axes.ts";
import { type Channel, figure, grid, type View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { band, endLabels, layer, panel, spans } from "../grammar/marks.ts";
import { conditionWords, timeInWords } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, INK, panelTitle } from "../grammar/theme.ts";

const WIDTH = (CONTENT_WIDTH - 244) / 2, HEIGHT = 210;

/** Each condition that drifts, at the times of the table: all connected cells, and two single ones. */
function drifts({ benchmark, best, summary }: Study) {
  return [...overTime(benchmark.metrics)].map(([condition, timed]) => {
    const { metric, t_inference_s } = timed.at(-1)!, end = timeInWords(timeText(t_inference_s));
    /** One cell over time, with the published SD over its read-outs where there is one. */
    const curve = (name: string, index: number) => ({
      name,
      cell: cellText(cellAt(index)),
      points: timed.map(({ metric, t_inference_s }) => ({
        t_inference_s,
        accuracy: benchmark.accuracy(metric)[index],
        sd: benchmark.sd(metric)?.[index] ?? null,
      })),
    });
    return {
      condition,
      points: timed.map(({ metric, t_inference_s }) => ({ t_inference_s, ...summary(metric) })),
      cells: [
        curve(`best at ${end}`, best(metric).cell_index),
        curve("best digital cell", best("baseline").cell_index),
      ],
    };
  });
}

function curves({ condition, points, cells }: ReturnType<typeof drifts>[number], k: number): View {
  const { colour, label } = conditionWords(condition);
  const x = timeAxis(points), y = along("accuracy", [0, 100], { grid: true });
  const rows = cells.flatMap(({ name, points }) =>
    points.map((point) => {
      const { accuracy, sd } = point, error = sd ?? 0;
      return { name, ...point, low: accuracy - error, high: accuracy + error };
    })
  );
  const ends = [
    ...cells.map(({ name, points }) => ({ text: name, at: points.at(-1)!.accuracy })),
    { text: "median", at: points.at(-1)!.median, bold: true },
  ];
  const detail: Channel<"detail"> = { field: "name", type: "nominal" };
  const strokeDash: Channel<"strokeDash"> = {
    condition: { test: "indexof(datum.name, 'digital') >= 0", value: [4, 2] },
    value: [1, 0],
  };
  const color: Channel<"color"> = { condition: { test: "datum.bold", value: colour }, value: INK };
  const thin = { color: INK, strokeWidth: 1 };
  const thick = { color: colour, strokeWidth: 2.4, point: { color: colour, size: 28 } };
  return panel(panelTitle("abcdefgh"[k], label), [WIDTH, HEIGHT], [
    band(points, { x, y }, { color: colour, opacity: 0.15 }, ["q05", "q95"]),
    band(points, { x, y }, { color: colour, opacity: 0.3 }, ["q25", "q75"]),
    layer(points, { type: "line", ...thick }, { x, y: y("median") }),
    layer(rows, { type: "line", ...thin }, { x, y: y("accuracy"), detail, strokeDash }),
    spans(rows, { x, y, detail }, thin),
    endLabels(ends, WIDTH, 6.2, y, { color }),
  ]);
}

export function driftCurves(study: Study) {
  const { best, summary } = study, conditions = drifts(study);
  const noisy = summary("drift_drop.noisy"), hwt = summary("drift_drop.hwt");
  return figure({
    numbers: { conditions, drift_drop: { noisy, hwt } },
    alt: "Accuracy against time since programming on a logarithmic axis, without and with " +
      "hardware-aware training: median, two bands of quantiles and two single cells.",
    finding:
      `From 1 minute to 30 days the median loss of a cell is ${fixed(noisy.median, 1)} points ` +
      `with digital weights and ${fixed(hwt.median, 1)} after HWT`,
    reading: [
      `${count(CONNECTED.length)} connected cells; loss: 1 min − 30 days, cell by cell. Line:`,
      `median accuracy; bands: 25 to 75 % and 5 to 95 % of cells. Thin lines: single cells with ± 1 published SD over 25 read-outs. Dashed: the cell`,
      `with the best baseline, ${cellText(cellAt(best("baseline").cell_index))}.`,
    ],
    view: grid(2, 20, conditions.map(curves)),
  });
}
