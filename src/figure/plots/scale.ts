/**
 * `scale`: whether longer training or deeper networks take the levels measured here to the published ones.
 *
 * The outcomes are `SCALE_OUTCOMES`: what scale could act on.
 */
import { LARGER_SCALES, type LargerScale, type ScaleLevel, type Study } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import { free, names } from "../grammar/axes.ts";
import type { Drawn, View } from "../grammar/figure.ts";
import { interval, signed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { layer, panel } from "../grammar/marks.ts";
import { quantityOf, SCALE } from "../grammar/metrics.ts";
import { MUTED, panelTitle } from "../grammar/theme.ts";

type Times = NonNullable<Study["scaleTimes"]>;
type ScaleName = keyof typeof SCALE;
const SCALES = Object.keys(SCALE) as ScaleName[];
const SIZE = [165, 130] as const, COLUMNS = 3;

/** What a change of scale did to one level, in words: "longer +11.2 (9.1 to 13.3)". */
function change({ change }: ScaleLevel, scale: LargerScale): string {
  const { estimate, low, high } = change[scale];
  const bounds = Number.isFinite(high - low) ? ` (${interval(low, high, 1)})` : "";
  return `${SCALE[scale]} ${signed(estimate, 1)}${bounds}`;
}

/** One level: a thin line a cell, a bar for the mean. */
function levelPanel(level: ScaleLevel, k: number): View {
  const { label, unit, colour } = quantityOf(level.outcome), [what] = label.split(":");
  const values = SCALES.flatMap((scale) =>
    Array.from(level.values[scale], (value, cell) => ({ scale: SCALE[scale], cell, value }))
  );
  const x = names("scale", SCALES.map((scale) => SCALE[scale]), { labelFontSize: 9.5 });
  const y = free("value", `${what} (${unit})`, { grid: true });
  const title = {
    ...panelTitle("abcdef"[k], label),
    ...{ subtitleFontSize: 9.5, subtitleLineHeight: 12 },
    subtitle: LARGER_SCALES.map((scale) => change(level, scale)),
  };
  const thin = { type: "line", color: MUTED, strokeWidth: 0.8, opacity: 0.5 } as const;
  const bar = { type: "tick", thickness: 2.5, size: 22, color: colour } as const;
  return panel(title, SIZE, [
    layer(values, thin, { x, y, detail: { field: "cell" } }),
    layer(values, { type: "point", size: 14, color: MUTED }, { x, y }),
    layer(values, bar, { x, y: { ...y, aggregate: "mean" } }),
  ]);
}

/** How many of the levels each change of scale takes nearer to the table, and how many away. */
function finding(levels: readonly ScaleLevel[], times: Times): string {
  const words = (scale: LargerScale) => {
    const [nearer, farther] = ["nearer", "farther"].map((direction) =>
      levels.filter((level) => level.direction[scale] === direction).length
    );
    return `${nearer} of ${levels.length}` + (farther === 0 ? "" : ` (and ${farther} away)`);
  };
  return `Training ${times.longer} times as long takes ${words("longer")} levels nearer ` +
    `to the published ones, networks of ${times.deeper} times as many cells a stage ` +
    words("deeper");
}

export function scale({ scale: { cells, levels }, scaleTimes: times }: Study): Drawn {
  if (levels.length === 0 || times === null) {
    throw new RangeError(
      "No cell is measured at every scale: deno task run, with the plan of scale.",
    );
  }
  const meanings = [
    `${SCALE.replication}: as replicated`,
    `${SCALE.longer}: trained ${times.longer} times as long`,
    `${SCALE.deeper}: ${times.deeper} times as many cells a stage`,
  ];
  return {
    numbers: {
      cells: Array.from(cells, (cell) => cellText(cellAt(cell))),
      levels: levels.map(({ values, ...level }) => ({
        ...level,
        values: Object.fromEntries(SCALES.map((scale) => [scale, [...values[scale]]])),
      })),
    },
    alt: "Six panels, one a level: a thin line for each cell over four scales, as replicated, " +
      "longer, deeper and published, with the means as bars.",
    spec: {
      title: heading(
        finding(levels, times),
        `The same ${cells.length} cells, a line each, mean as a bar.`,
        `${meanings.join("; ")}.`,
        `Below each title: mean change from the scale of the replication in points, 95 % interval,`,
        `cells of one expression together; nearer and away: the interval excludes 0.`,
      ),
      spacing: { row: 16, column: 26 },
      columns: COLUMNS,
      concat: levels.map(levelPanel),
    },
  };
}
