/** The network around the cells, drawn as a row of boxes. */
import type { MacroSkeleton } from "../../space/mod.ts";
import { AT_PX, ownColour } from "../grammar/axes.ts";
import { stacked } from "../grammar/binning.ts";
import type { View } from "../grammar/figure.ts";
import { boxes, layer, panel, words } from "../grammar/marks.ts";
import { INK, MUTED } from "../grammar/theme.ts";

const HEIGHT = 50;
const GAP = 14;

/** Macro skeleton (Dong & Yang 2020, figure 1), `width` px wide. */
export function macroSkeletonView(
  title: NonNullable<View["title"]>,
  { channels, cellsPerStage, classes = 10 }: MacroSkeleton,
  width: number,
): View {
  const stage = (i: number) => ({
    fill: "#E4EDF5",
    weight: 1.25,
    lines: [
      `cell × ${cellsPerStage}`,
      `${channels * 2 ** i} channels`,
      `${32 / 2 ** i} × ${32 / 2 ** i} px`,
    ],
  });
  const plain = (weight: number, ...lines: string[]) => ({ fill: "white", weight, lines });
  const parts = [
    plain(0.85, "image", "3 channels", "32 × 32 px"),
    plain(0.85, "conv 3×3", "batch norm"),
    stage(0),
    plain(0.95, "residual", "block", "stride 2"),
    stage(1),
    plain(0.95, "residual", "block", "stride 2"),
    stage(2),
    plain(0.95, "global", "average", "pooling"),
    plain(0.85, "linear", `${classes} classes`),
  ];
  const unit = (width - GAP * (parts.length - 1)) / parts.reduce((sum, b) => sum + b.weight, 0);
  const ends = stacked(parts.flatMap(({ weight }) => [weight * unit, GAP]));
  const placed = parts.map((box, i) => ({ ...box, x: ends[2 * i].low, x2: ends[2 * i].high }));
  const text = placed.flatMap(({ x, x2, lines }) =>
    lines.map((line, i) => ({
      text: line,
      first: i === 0,
      x: (x + x2) / 2,
      y: HEIGHT / 2 + (i - (lines.length - 1) / 2) * 13,
    }))
  );
  const arrows = placed.slice(1).map(({ x }) => ({ x: x - GAP, x2: x - 1, y: HEIGHT / 2 }));
  const x2 = { field: "x2" } as const, fill = ownColour("fill");
  const boxRows = placed.map(({ x, x2, fill }) => ({ x, x2, y: 0, y2: HEIGHT, fill }));
  const outline = { stroke: INK, strokeWidth: 0.8, cornerRadius: 2 };
  const heads = arrows.map(({ x2, y }) => ({ x: x2 - 3, y }));
  const head = { type: "point", shape: "triangle-right", size: 28, color: MUTED } as const;
  const color = { condition: { test: "datum.first", value: INK }, value: MUTED } as const;
  return panel(title, [width, HEIGHT], [
    boxes(boxRows, { ...AT_PX, fill }, outline),
    layer(arrows, { type: "rule", color: MUTED }, { ...AT_PX, x2 }),
    layer(heads, head, AT_PX),
    words(text, { ...AT_PX, color }, { fontSize: 9.5 }),
  ]);
}
