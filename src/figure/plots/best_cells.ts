/** `best_cells`: the best cell of each metric, and how it does under all others. */
import { topK } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import {
  type Condition,
  CONDITIONS,
  type Metric,
  metricParts,
  METRICS,
} from "../../table/schema.ts";
import { cellView } from "../grammar/cell_view.ts";
import type { Channel, Drawn, Sources, View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { CONDITION, metricLabel } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, INK } from "../grammar/theme.ts";

const COLUMNS = 4;
const GAP = 24;
const DIAGRAM_WIDTH = (CONTENT_WIDTH - 30 - GAP * (COLUMNS - 1)) / COLUMNS;

/** A cell that is best by one metric or more. */
interface Best {
  readonly letter: string;
  readonly cell_index: number;
  readonly cell: string;
  readonly best_by: readonly Metric[];
  readonly accuracy: Readonly<Record<Metric, number>>;
}

/** Metrics in few words: a condition at all its times is named once. */
function inWords(metrics: readonly Metric[]): string {
  const of = (all: readonly Metric[], condition: Condition) =>
    all.filter((metric) => metricParts(metric).condition === condition);
  return CONDITIONS.flatMap((condition) => {
    const own = of(metrics, condition), all = of(METRICS, condition);
    if (own.length === 0) return [];
    if (own.length < all.length) return own.map(metricLabel);
    return [CONDITION[condition].label + (all.length > 1 ? " at all times" : "")];
  }).join(", ");
}

function diagram({ letter, cell_index, cell, best_by }: Best): View {
  return {
    title: {
      text: `${letter}\u2002${inWords(best_by)}`,
      subtitle: cell,
      fontSize: 10.5,
      subtitleFontSize: 9.5,
      subtitlePadding: 2,
      frame: "group",
      offset: 2,
    },
    ...cellView(cellAt(cell_index), DIAGRAM_WIDTH, 92),
  } as View;
}

/** Accuracy of each cell under each metric; the best of the whole table framed. */
function accuracyTable(cells: readonly Best[]): View {
  const values = cells.flatMap(({ letter, best_by, accuracy }) =>
    METRICS.map((metric) => ({
      row: letter,
      metric: metricLabel(metric),
      accuracy: accuracy[metric],
      text: fixed(accuracy[metric], 1),
      best: best_by.includes(metric),
    }))
  );
  const x: Channel<"x"> = {
    field: "metric",
    type: "nominal",
    scale: { domain: METRICS.map(metricLabel) },
    title: null,
    axis: { orient: "top", labelAngle: -40, ticks: false, domain: false, labelPadding: 6 },
  };
  const y: Channel<"y"> = {
    field: "row",
    type: "nominal",
    title: null,
    axis: { ticks: false, domain: false, labelFontWeight: 600 },
  };
  const text = { x, y, text: { field: "text" } } as const;
  const color: Channel<"color"> = {
    field: "accuracy",
    type: "quantitative",
    scale: { domain: [0, 100] },
    legend: null,
  };
  const inkOn = (best: boolean) => ({
    data: { values: values.filter((value) => value.best === best) },
    mark: { type: "text" as const, fontSize: 9.5, fontWeight: best ? 600 as const : 400 as const },
    encoding: {
      ...text,
      color: { condition: { test: "datum.accuracy > 50", value: "white" }, value: INK },
    },
  });
  return {
    width: CONTENT_WIDTH - 40,
    height: 24 * cells.length,
    layer: [
      {
        data: { values },
        mark: { type: "rect", stroke: "white", strokeWidth: 1 },
        encoding: { x, y, color },
      },
      {
        data: { values: values.filter(({ best }) => best) },
        mark: { type: "rect", stroke: "#E69F00", strokeWidth: 2 },
        encoding: { x, y, color },
      },
      inkOn(false),
      inkOn(true),
    ],
  };
}

export function bestCells({ published }: Sources): Drawn {
  const best = (metric: Metric) => topK(published.accuracy(metric), 1)[0];
  const cells = [...Map.groupBy(METRICS, best)].map(([cell_index, best_by], k): Best => ({
    letter: "ABCDEFGHIJKLM"[k],
    cell_index,
    cell: cellText(cellAt(cell_index)),
    best_by,
    accuracy: Object.fromEntries(
      METRICS.map((metric) => [metric, published.accuracy(metric)[cell_index]]),
    ) as Record<Metric, number>,
  }));
  const after1Day = (metric: Metric) => fixed(published.accuracy("hwt@1d")[best(metric)], 1);
  return {
    numbers: { cells },
    spec: {
      title: heading(
        `${cells.length} cells win all ${METRICS.length} metrics; after HWT and 1 day the best ` +
          `baseline cell keeps ${after1Day("baseline")} %, the best HWT cell ${
            after1Day("hwt@1d")
          } %`,
        `Best of ${
          count(published.accuracy("baseline").length)
        } cells by each metric. Edges on no path from input to output are faint. Table: accuracy (%) ` +
          `under every metric; framed: best.`,
      ),
      spacing: 22,
      vconcat: [
        { columns: COLUMNS, spacing: GAP, concat: cells.map(diagram) },
        accuracyTable(cells),
      ],
    },
  };
}
