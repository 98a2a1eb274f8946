/**
 * `hwt_gap`: what analog hardware costs each cell, without and with hardware-aware training.
 *
 * A claim of the published study: its two analog conditions against the baseline, whatever else a table holds.
 */
import { CONNECTED, type Outcome, type Study, take } from "../../analyse/mod.ts";
import { along, coloured } from "../grammar/axes.ts";
import { type Bin, histogram, histogram2d, type Tile } from "../grammar/binning.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import { beside, figure, type View } from "../grammar/figure.ts";
import { count, fixed, interval } from "../grammar/format.ts";
import { boxes, layer, panel, polyline, words } from "../grammar/marks.ts";
import { CONDITION } from "../grammar/metrics.ts";
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
  const x = along("baseline", ACCURACY, { zindex: 1 })("x");
  const y = along(condition, ACCURACY, { zindex: 1 })("y");
  const title = first
    ? panelTitle("a", "Digital weights")
    : panelTitle("b", "Hardware-aware training");
  const note = { angle: -45, color: MUTED, fontSize: 9.5 };
  return panel(title, [SIDE, SIDE], [
    densityLayer(tiles, x, y, most, !first),
    polyline(ACCURACY.map((at) => ({ x: at, y: at })), { x, y }),
    words([{ x: 58, y: 64, text: "no loss" }], { x, y }, note),
  ]);
}

/** Both distributions of the gap to the baseline. */
function gaps(
  rows: readonly { label: string; median: number; bins: readonly Bin[]; n: number }[],
): View {
  const color = coloured("label");
  const steps = rows.flatMap(({ label, bins, n }) =>
    bins.map((bin) => ({ label, ...bin, y: 100 * bin.cells / n, y2: 0 }))
  );
  const medians = rows.map(({ label, median }) => ({
    label,
    median,
    text: `${label}: median ${fixed(median, 1)} pp`,
    top: label === CONDITION.hwt.label ? 27 : 8,
  }));
  const x = along("gap", GAP), y = along("share", [0, 28]);
  const top = { x: x("median"), y: y("top"), color }, toFloor = { ...top, y2: { datum: 0 } };
  const bold = { align: "left", dx: 4, baseline: "line-top", fontWeight: 600 } as const;
  return panel(panelTitle("c", "Gap to the baseline", 13), [GAP_WIDTH, SIDE], [
    boxes(steps, { x: x("x"), y: y("y"), color }, { opacity: 0.75, aria: false }),
    layer(medians, { type: "rule", strokeWidth: 1.2, strokeDash: [3, 2] }, toFloor),
    words(medians, top, bold),
  ]);
}

export function hwtGap({ outcome, summary }: Study) {
  const values = (id: Outcome) => take(outcome(id), CONNECTED);
  const conditions = ANALOG.map((condition) => {
    const gap = `${condition}_gap` as const;
    return {
      condition,
      label: CONDITION[condition].label,
      ...summary(gap),
      bins: histogram(values(gap), GAP, 105),
      tiles: histogram2d(values("baseline"), values(condition), ACCURACY, ACCURACY, 60),
    };
  });
  const [noisy, hwt] = conditions;
  const most = mostCells(noisy.tiles, hwt.tiles);
  const [with_, without] = [hwt, noisy].map(({ q25, q75 }) => interval(q25, q75, 1));
  return figure({
    numbers: { conditions },
    alt: "Two heat maps of analog against baseline accuracy, without and with hardware-aware " +
      "training, with the line of no loss; beside them histograms of both losses with their " +
      "medians.",
    finding:
      `On analog hardware the median loss of a cell is ${fixed(noisy.median, 1)} points with ` +
      `digital weights and ${fixed(hwt.median, 1)} after hardware-aware training`,
    reading: [
      `${count(noisy.n)} connected cells, before drift; loss: baseline − analog, cell by cell.`,
      `Half of them lose ${without} points with digital weights, ${with_} after HWT (quartiles).`,
    ],
    view: beside(
      18,
      ...conditions.map(({ condition, tiles }) => against(condition, tiles, most)),
      gaps(conditions),
    ),
  });
}
