/** `quantization_vs_analog`: do the published PTQ and QAT find cells that are good under noisy and HWT? */
import { type Study, topK } from "../../analyse/mod.ts";
import { CELL_COUNT } from "../../space/mod.ts";
import { type Metric, metricParts } from "../../table/schema.ts";
import { along, coloured, logarithmic } from "../grammar/axes.ts";
import { histogram2d, logSteps, type Tile } from "../grammar/binning.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import { below, beside, figure, type View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { haloed, layer, panel, polyline, words } from "../grammar/marks.ts";
import { CONDITION, metricLabel } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, MUTED, panelTitle } from "../grammar/theme.ts";

const QUANTIZED = ["ptq", "qat"] as const;
const ANALOG = ["noisy@1d", "hwt@1d"] as const;
const SIDE = 104;
const CURVES = [(CONTENT_WIDTH - 116) / 2, 150] as const;
const PERCENT = [0, 100] as const;
/** "5k" for 5,000: room for four ticks on a small panel. */
const THOUSANDS = "datum.value < 1000 ? datum.value : datum.value / 1000 + 'k'";

/** From the worst to the best cell: axes lead to the best, as those of accuracy do. */
const RANKS = [CELL_COUNT, 0] as const;
/** Rank of every cell, 1 for the best; ties by smaller index. */
function ranks(values: Float64Array): Float64Array {
  const placed = new Float64Array(values.length);
  topK(values, values.length).forEach((cell, place) => placed[cell] = place + 1);
  return placed;
}

/** Two metrics' ranks of all cells. */
type RankMap = Readonly<{ x: Metric; y: Metric; tau: number; tiles: readonly Tile[] }>;

function rankPanel({ x, y, tau, tiles }: RankMap, k: number, most: number): View {
  const ticks = { values: [1, 5000, 10000, 15000], labelExpr: THOUSANDS, zindex: 1 };
  const axis = (field: string, metric: Metric) =>
    along("rank", RANKS, { ...ticks, title: `${metricLabel(metric)} rank` })(field);
  const at = { x: axis("x", x), y: axis("y", y) };
  const note = [{ x: 0.95 * CELL_COUNT, y: 0.09 * CELL_COUNT, text: `τ = ${fixed(tau, 2)}` }];
  const title = panelTitle("abcd"[k], `${metricLabel(x)} against ${metricLabel(y)}`);
  return panel(title, [SIDE, SIDE], [
    densityLayer(tiles, at.x, at.y, most, false),
    ...haloed(note, at, 4, { align: "left", fontWeight: 600 }),
  ]);
}

/** The overlap in per cent of the K best. */
type OverlapPoint = Readonly<{ label: string; k: number; overlap: number }>;

/** Values of K at which the curves are drawn. */
const KS = logSteps(10, CELL_COUNT, 90);

function overlapPanel(target: Metric, rows: readonly OverlapPoint[], letter: string): View {
  const ticks = { values: [10, 100, 1000, 10000], format: ",d" };
  const x = logarithmic("k", [10, CELL_COUNT], ticks)("k");
  const y = along("overlap", PERCENT, { grid: true, values: [0, 25, 50, 75, 100] })("overlap");
  const color = coloured("label");
  const { condition } = metricParts(target);
  const legend = [...QUANTIZED, "baseline" as const, condition].toReversed().map((name, i) => ({
    label: CONDITION[name].label,
    text: CONDITION[name].label + (name === condition ? " before drift" : ""),
    overlap: 94 - 9.5 * i,
  }));
  const bold = { align: "left", fontWeight: 600 } as const;
  const title = panelTitle(letter, `Overlap of the K best with those of ${metricLabel(target)}`);
  return panel(title, CURVES, [
    polyline(KS.map((k) => ({ k, overlap: 100 * k / CELL_COUNT })), { x, y }),
    words([{ k: 5200, overlap: 22, text: "chance" }], { x, y }, { color: MUTED, align: "left" }),
    layer(rows, { type: "line" }, { x, y, color }),
    words(legend, { x: { value: 8 }, y, color }, bold),
  ]);
}

export function quantizationVsAnalog({ benchmark, kendall, overlap }: Study) {
  const maps = QUANTIZED.flatMap((x) =>
    ANALOG.map((y): RankMap => {
      const [xs, ys] = [x, y].map((metric) => ranks(benchmark.accuracy(metric)));
      const tiles = histogram2d(xs, ys, [0, CELL_COUNT], [0, CELL_COUNT], 25);
      return { x, y, tau: kendall(x, y).estimate, tiles };
    })
  );
  const overlaps = ANALOG.map((target) => {
    const metrics = ["baseline", ...QUANTIZED, metricParts(target).condition] as const;
    const rows = metrics.flatMap((metric) => {
      const shared = overlap(metric, target), { label } = CONDITION[metric];
      return KS.map((k): OverlapPoint => ({ label, k, overlap: 100 * shared[k - 1] / k }));
    });
    return { target, rows };
  });
  const shared = (metric: Metric) =>
    Object.fromEntries(["hwt@1d", "noisy@1d"].map((by) => [by, overlap(metric, by)[99]]));
  const top_100 = { ptq: shared("ptq"), qat: shared("qat"), baseline: shared("baseline") };
  const [ptq, qat, baseline] = Object.values(top_100).map(Object.values);
  const most = mostCells(...maps.map(({ tiles }) => tiles));
  return figure({
    numbers: { maps, overlaps, top_100 },
    alt: "Four heat maps of ranks, PTQ and QAT against noisy and HWT after a day; below them " +
      "curves of how many of the K best cells by one metric are among the K best by the other.",
    finding: `Of the 100 best cells by PTQ, ${ptq[0]} are among the 100 best of HWT after 1 day, ` +
      `${ptq[1]} among those of noisy`,
    reading: [
      `All ${count(CELL_COUNT)} cells. a to d: cells by rank (1: best), darker where more;`,
      `τ: Kendall τ-b. QAT’s 100 best hold ${qat.join(" and ")}, the baseline’s`,
      `${baseline.join(" and ")}; chance: ${fixed(100 * 100 / CELL_COUNT, 1)}.`,
    ],
    view: below(
      18,
      beside(8, ...maps.map((map, k) => rankPanel(map, k, most))),
      beside(24, ...overlaps.map(({ target, rows }, k) => overlapPanel(target, rows, "ef"[k]))),
    ),
  });
}
