/** `hwt_gap`: what analog hardware costs each cell, without and with hardware-aware training. */
import { CONNECTED, summarize, take } from "../../analyse/mod.ts";
import { position } from "../grammar/axes.ts";
import { type Bin, histogram, histogram2d, type Tile } from "../grammar/binning.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import type { Channel, Drawn, Layer, Sources, View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { CONDITION, CONDITION_SCALE } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, MUTED, panelTitle } from "../grammar/theme.ts";

const SIDE = 165;
const GAP_WIDTH = CONTENT_WIDTH - 2 * SIDE - 174;
const ACCURACY = [0, 100] as const;
const GAP = [-20, 85] as const;
const ANALOG = ["noisy", "hwt"] as const;
type Analog = (typeof ANALOG)[number];

/** Baseline against an analog condition, with the line on which nothing would be lost. */
function against(condition: Analog, tiles: readonly Tile[], most: number): View {
  const first = condition === "noisy";
  const x = position("x", "baseline", ACCURACY, { zindex: 1 });
  const y = position("y", condition, ACCURACY, { zindex: 1 });
  const noLoss: Layer[] = [
    {
      data: { values: ACCURACY.map((at) => ({ x: at, y: at })) },
      mark: { type: "line", color: MUTED, strokeWidth: 1, strokeDash: [3, 3] },
      encoding: { x, y },
    },
    {
      data: { values: [{ x: 58, y: 64 }] },
      mark: { type: "text", text: "no loss", angle: -45, color: MUTED, fontSize: 9.5 },
      encoding: { x, y },
    },
  ];
  return {
    title: panelTitle(first ? "a" : "b", first ? "Digital weights" : "Hardware-aware training"),
    width: SIDE,
    height: SIDE,
    layer: [densityLayer(tiles, x, y, most, !first), ...noLoss],
  };
}

/** Both distributions of the gap to the baseline. */
function gaps(
  rows: readonly { label: string; median: number; bins: readonly Bin[]; n: number }[],
): View {
  const color: Channel<"color"> = {
    field: "label",
    type: "nominal",
    scale: CONDITION_SCALE,
    legend: null,
  };
  const steps = rows.flatMap(({ label, bins, n }) =>
    bins.map((bin) => ({ label, ...bin, share: 100 * bin.cells / n }))
  );
  const medians = rows.map(({ label, median }) => ({
    label,
    median,
    text: `${label}: median ${fixed(median, 1)} pp`,
    top: label === CONDITION.hwt.label ? 27 : 8,
  }));
  const x = position("x", "gap", GAP), y = position("share", "share", [0, 28]);
  return {
    title: panelTitle("c", "Gap to the baseline", 13),
    width: GAP_WIDTH,
    height: SIDE,
    layer: [
      {
        data: { values: steps },
        mark: { type: "rect", opacity: 0.75, aria: false },
        encoding: { x, x2: { field: "x2" }, y, y2: { datum: 0 }, color },
      },
      {
        data: { values: medians },
        mark: { type: "rule", strokeWidth: 1.2, strokeDash: [3, 2] },
        encoding: {
          x: { ...x, field: "median" },
          y: { ...y, field: "top" },
          y2: { datum: 0 },
          color,
        },
      },
      {
        data: { values: medians },
        mark: { type: "text", align: "left", dx: 4, baseline: "line-top", fontWeight: 600 },
        encoding: {
          x: { ...x, field: "median" },
          y: { ...y, field: "top" },
          text: { field: "text" },
          color,
        },
      },
    ],
  };
}

export function hwtGap({ published }: Sources): Drawn {
  const baseline = take(published.accuracy("baseline"), CONNECTED);
  const conditions = ANALOG.map((condition) => {
    const accuracy = take(published.accuracy(condition), CONNECTED);
    const gap = baseline.map((value, i) => value - accuracy[i]);
    return {
      condition,
      label: CONDITION[condition].label,
      ...summarize(gap),
      bins: histogram(gap, GAP, 105),
      tiles: histogram2d(baseline, accuracy, ACCURACY, ACCURACY, 60),
    };
  });
  const [noisy, hwt] = conditions;
  const most = mostCells(noisy.tiles, hwt.tiles);
  return {
    numbers: { conditions },
    spec: {
      title: heading(
        `Hardware-aware training narrows the median gap to the baseline from ${
          fixed(noisy.median, 1)
        } to ${fixed(hwt.median, 1)} points`,
        `${count(noisy.n)} connected cells, before drift. Half of them lose ${
          fixed(noisy.q25, 1)
        } to ${fixed(noisy.q75, 1)} points with digital weights, ${fixed(hwt.q25, 1)} to ${
          fixed(hwt.q75, 1)
        } after HWT (quartiles).`,
      ),
      spacing: 18,
      hconcat: [
        ...conditions.map(({ condition, tiles }) => against(condition, tiles, most)),
        gaps(conditions),
      ],
    },
  };
}
