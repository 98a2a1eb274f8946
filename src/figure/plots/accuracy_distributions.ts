/** `accuracy_distributions`: accuracy of all connected cells under the five conditions. */
import { CONNECTED, type Study, take } from "../../analyse/mod.ts";
import { along, coloured, px } from "../grammar/axes.ts";
import { histogram } from "../grammar/binning.ts";
import { beside, figure, type View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { boxes, dots, layer, panel, spans, words } from "../grammar/marks.ts";
import { conditionScale, conditionWords } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, MUTED, panelTitle } from "../grammar/theme.ts";

const ROW_HEIGHT = 46;
const RIDGES_WIDTH = 325;
const CURVES_WIDTH = CONTENT_WIDTH - RIDGES_WIDTH - 110;

/** The conditions that a table holds without a time, each with its histogram. */
const distributions = ({ benchmark, outcome, summary }: Study) =>
  benchmark.metrics.filter((metric) => !metric.includes("@")).map((condition) => {
    const bins = histogram(take(outcome(condition), CONNECTED), [0, 100], 100);
    return { condition, label: conditionWords(condition).label, ...summary(condition), bins };
  });
type Distributions = ReturnType<typeof distributions>;

const byLabel = (conditions: Distributions) =>
  coloured("label", conditionScale(conditions.map(({ condition }) => condition)));
const x = along("accuracy", [0, 100]);

/** One histogram a row, scaled to its own peak; below it the quartiles. */
function ridges(conditions: Distributions): View {
  const y = px("y"), color = byLabel(conditions);
  const bars = conditions.flatMap(({ label, bins }, row) => {
    const base = (row + 1) * ROW_HEIGHT - 7;
    const peak = Math.max(...bins.map((bin) => bin.cells));
    return bins.filter((bin) => bin.cells > 0)
      .map((bin) => ({ label, ...bin, y: base, y2: base - bin.cells / peak * (ROW_HEIGHT - 14) }));
  });
  const rows = conditions.map(({ label, condition, median, q25, q75 }, row) => ({
    ...{ label, median, q25, q75, means: conditionWords(condition).means, text: fixed(median, 1) },
    y: (row + 1) * ROW_HEIGHT - 4,
    words: row * ROW_HEIGHT + 14,
  }));
  const word = { type: "text", align: "left", fontWeight: 400 } as const;
  const place = { x: { datum: 14 }, y: px("words") };
  const look = { align: "left", fontWeight: 600 } as const;
  const size = [RIDGES_WIDTH, ROW_HEIGHT * conditions.length] as const;
  return panel(panelTitle("a", "Histograms, each scaled to its own peak", 13), size, [
    boxes(bars, { x: x("x"), y, color }),
    spans(rows, { x, y, color }, { strokeWidth: 2.5 }, ["q25", "q75"]),
    dots(rows, { x, y, color }, { size: 34, stroke: "white", strokeWidth: 1 }, "median"),
    words(rows, { x: { value: RIDGES_WIDTH + 5 }, y, color }, look),
    layer(rows, { ...word, fontWeight: 600 }, { ...place, text: { field: "label" }, color }),
    layer(rows, { ...word, dy: 12.5, color: MUTED }, { ...place, text: { field: "means" } }),
  ]);
}

/** Share of cells at or above each accuracy. */
function curves(conditions: Distributions): View {
  const lines = conditions.flatMap(({ label, bins, n }) => {
    const below = bins.reduce((done, bin) => [...done, done[done.length - 1] + bin.cells], [0]);
    return [...bins.map((bin) => bin.x), 100]
      .map((at, k) => ({ label, x: at, y: 100 * (n - below[k]) / n }));
  });
  const quarters = { values: [0, 25, 50, 75, 100], grid: true };
  return {
    title: panelTitle("b", "Cells that reach an accuracy"),
    width: CURVES_WIDTH,
    height: ROW_HEIGHT * conditions.length,
    ...layer(lines, { type: "line", interpolate: "linear" }, {
      x: along("accuracy", [0, 100], { grid: true })("x"),
      y: along("share_at_or_above", [0, 100], quarters)("y"),
      color: byLabel(conditions),
    }),
  };
}

export function accuracyDistributions(study: Study) {
  const conditions = distributions(study);
  const { baseline, noisy, hwt } = Object.fromEntries(
    conditions.map((c) => [c.condition, c.median]),
  );
  const back = fixed(100 * (hwt - noisy) / (baseline - noisy), 0);
  return figure({
    numbers: { conditions },
    alt:
      "Five histograms of accuracy below each other, one a condition, each with its median and " +
      "quartiles; beside them curves of the share of cells that reach an accuracy.",
    finding: `The median accuracy of the cells is ${fixed(baseline, 1)} % in full precision, ` +
      `${fixed(noisy, 1)} % on analog hardware and ${fixed(hwt, 1)} % there after ` +
      `hardware-aware training`,
    reading: [
      `${count(conditions[0].n)} connected cells, CIFAR-10. Dot and number: median; bar:`,
      `quartiles. Of the difference of the medians HWT takes back ${back} %; noisy and HWT before drift.`,
    ],
    view: beside(40, ridges(conditions), curves(conditions)),
  });
}
