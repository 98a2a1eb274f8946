/** `quantization_vs_analog`: do PTQ and QAT find the cells that are good on analog hardware? */
import { kendallTauB, topK, topKOverlap, topKOverlapCurve } from "../../analyse/mod.ts";
import { CELL_COUNT } from "../../space/mod.ts";
import { type Metric, metricParts } from "../../table/schema.ts";
import { position } from "../grammar/axes.ts";
import { histogram2d, type Tile } from "../grammar/binning.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import type { Channel, Drawn, Layer, Sources, View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { CONDITION, CONDITION_SCALE, metricLabel } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, MUTED, panelTitle } from "../grammar/theme.ts";

const QUANTIZED = ["ptq", "qat"] as const;
const ANALOG = ["noisy@1d", "hwt@1d"] as const;
const SIDE = 104;
const CURVE_WIDTH = (CONTENT_WIDTH - 116) / 2;
const PERCENT = [0, 100] as const;

/** Rank of every cell in per cent of the cells, 100 for the best; ties by smaller index. */
function percentileRanks(values: Float64Array): Float64Array {
  const ranks = new Float64Array(values.length);
  topK(values, values.length).forEach((cell, place) =>
    ranks[cell] = 100 * (1 - place / (values.length - 1))
  );
  return ranks;
}

interface RankMap {
  readonly x: Metric;
  readonly y: Metric;
  readonly tau: number;
  readonly tiles: readonly Tile[];
}

function rankPanel({ x, y, tau, tiles }: RankMap, k: number, most: number): View {
  const axis = (field: string, metric: Metric) => ({
    ...position(field, "rank", PERCENT, { values: [0, 50, 100], zindex: 1 }),
    title: `${metricLabel(metric)} rank (%)`,
  });
  const note = (halo: { stroke?: string; strokeWidth?: number }): Layer => ({
    data: { values: [{ x: 5, y: 91, text: `τ = ${fixed(tau, 2)}` }] },
    mark: { type: "text", align: "left", fontWeight: 600, strokeJoin: "round", ...halo },
    encoding: { x: axis("x", x), y: axis("y", y), text: { field: "text" } },
  });
  return {
    title: panelTitle("abcd"[k], `${metricLabel(x)} against ${metricLabel(y)}`),
    width: SIDE,
    height: SIDE,
    layer: [
      densityLayer(tiles, axis("x", x), axis("y", y), most, false),
      note({ stroke: "white", strokeWidth: 4 }),
      note({}),
    ],
  };
}

interface OverlapPoint {
  readonly label: string;
  readonly k: number;
  /** Per cent of the K best. */
  readonly overlap: number;
}

/** Values of K at which the curves are drawn: about evenly spaced on a logarithmic axis. */
const KS = [
  ...new Set(Array.from({ length: 90 }, (_, i) => Math.round(10 * (CELL_COUNT / 10) ** (i / 89)))),
];

function overlapPanel(target: Metric, rows: readonly OverlapPoint[], letter: string): View {
  const x = {
    ...position("k", "k", [10, CELL_COUNT], { values: [10, 100, 1000, 10000], format: ",d" }),
    scale: { type: "log" as const, domain: [10, CELL_COUNT], nice: false },
  };
  const y = position("overlap", "overlap", PERCENT, { grid: true, values: [0, 25, 50, 75, 100] });
  const color: Channel<"color"> = {
    field: "label",
    type: "nominal",
    scale: CONDITION_SCALE,
    legend: null,
  };
  const { condition } = metricParts(target);
  const names = [...QUANTIZED, "baseline" as const, condition].toReversed().map((name, i) => ({
    label: CONDITION[name].label,
    text: name === condition ? `${CONDITION[name].label} before drift` : CONDITION[name].label,
    overlap: 94 - 9.5 * i,
  }));
  return {
    title: panelTitle(letter, `Overlap of the K best with those of ${metricLabel(target)}`),
    width: CURVE_WIDTH,
    height: 150,
    layer: [
      {
        data: { values: KS.map((k) => ({ k, overlap: 100 * k / CELL_COUNT })) },
        mark: { type: "line", color: MUTED, strokeWidth: 1, strokeDash: [3, 3] },
        encoding: { x, y },
      },
      {
        data: { values: [{ k: 5200, overlap: 22 }] },
        mark: { type: "text", text: "chance", color: MUTED, align: "left" },
        encoding: { x, y },
      },
      { data: { values: [...rows] }, mark: { type: "line" }, encoding: { x, y, color } },
      {
        data: { values: names },
        mark: { type: "text", align: "left", fontWeight: 600 },
        encoding: { x: { value: 8 }, y, text: { field: "text" }, color },
      },
    ],
  };
}

export function quantizationVsAnalog({ published }: Sources): Drawn {
  const accuracy = (metric: Metric) => published.accuracy(metric);
  const maps = QUANTIZED.flatMap((x) =>
    ANALOG.map((y): RankMap => {
      const ranks = [x, y].map((metric) => percentileRanks(accuracy(metric)));
      const tiles = histogram2d(ranks[0], ranks[1], PERCENT, PERCENT, 25);
      return { x, y, tau: kendallTauB(accuracy(x), accuracy(y)), tiles };
    })
  );
  const overlaps = ANALOG.map((target) => {
    const { condition } = metricParts(target);
    const rows = (["baseline", ...QUANTIZED, condition] as const).flatMap((metric) => {
      const shared = topKOverlapCurve(accuracy(metric), accuracy(target), CELL_COUNT);
      return KS.map((k): OverlapPoint => ({
        label: CONDITION[metric].label,
        k,
        overlap: 100 * shared[k - 1] / k,
      }));
    });
    return { target, rows };
  });
  const inTop100 = (metric: Metric, target: Metric) =>
    topKOverlap(accuracy(metric), accuracy(target), 100);
  const most = mostCells(...maps.map(({ tiles }) => tiles));
  return {
    numbers: { maps, overlaps },
    spec: {
      title: heading(
        `Of the 100 best cells by PTQ, ${inTop100("ptq", "hwt@1d")} are among the 100 best of ` +
          `HWT after 1 day, ${inTop100("ptq", "noisy@1d")} among those of noisy`,
        `All ${count(CELL_COUNT)} cells. a to d: cells by rank (best 100 %), darker where more; ` +
          `τ: Kendall τ-b. QAT’s 100 best hold ${inTop100("qat", "hwt@1d")} and ${
            inTop100("qat", "noisy@1d")
          }, the baseline’s ${inTop100("baseline", "hwt@1d")} and ${
            inTop100("baseline", "noisy@1d")
          }; chance: ${fixed(100 * 100 / CELL_COUNT, 1)}.`,
      ),
      spacing: 18,
      vconcat: [
        { spacing: 8, hconcat: maps.map((map, k) => rankPanel(map, k, most)) },
        {
          spacing: 24,
          hconcat: overlaps.map(({ target, rows }, k) => overlapPanel(target, rows, "ef"[k])),
        },
      ],
    },
  };
}
