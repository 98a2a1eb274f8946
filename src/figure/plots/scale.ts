/** `scale`: whether longer training or deeper networks take the levels measured here to the published ones. */
import { LARGER_SCALES, type LargerScale, type ScaleLevel, scaleStudy } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import type { Channel, Drawn, Sources, View } from "../grammar/figure.ts";
import { interval, signed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { QUANTITIES, SCALE } from "../grammar/metrics.ts";
import { MUTED, panelTitle } from "../grammar/theme.ts";

type ScaleName = keyof typeof SCALE;
const SCALES = Object.keys(SCALE) as ScaleName[];
const WIDTH = 165, HEIGHT = 130, COLUMNS = 3;

/** What a change of scale did to one level, in words: "longer +11.2 (9.1 to 13.3)". */
function change({ change }: ScaleLevel, scale: LargerScale): string {
  const { estimate, low, high } = change[scale];
  const bounds = Number.isFinite(high - low) ? ` (${interval(low, high, 1)})` : "";
  return `${SCALE[scale].short} ${signed(estimate, 1)}${bounds}`;
}

/** One level: a thin line a cell, a bar for the mean. */
function panel(level: ScaleLevel, letter: string): View {
  const { label, unit, colour } = QUANTITIES[level.outcome];
  const values = SCALES.flatMap((scale) =>
    Array.from(level.values[scale], (value, cell) => ({ scale: SCALE[scale].short, cell, value }))
  );
  const x: Channel<"x"> = {
    field: "scale",
    type: "nominal",
    scale: { domain: SCALES.map((scale) => SCALE[scale].short) },
    title: null,
    axis: { labelAngle: 0, domain: false, ticks: false },
  };
  const y: Channel<"y"> = {
    field: "value",
    type: "quantitative",
    scale: { zero: false },
    title: unit,
    axis: { tickCount: 4, grid: true },
  };
  return {
    title: {
      ...panelTitle(letter, label),
      subtitle: LARGER_SCALES.map((scale) => change(level, scale)),
      subtitleFontSize: 9.5,
      subtitleLineHeight: 12,
    },
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    layer: [
      {
        mark: { type: "line", color: MUTED, strokeWidth: 0.8, opacity: 0.5 },
        encoding: { x, y, detail: { field: "cell" } },
      },
      { mark: { type: "point", size: 14, color: MUTED }, encoding: { x, y } },
      {
        mark: { type: "tick", thickness: 2.5, size: 22, color: colour },
        encoding: { x, y: { ...y, aggregate: "mean" } },
      },
    ],
  };
}

/** How many of the levels each change of scale takes nearer to the table, and how many away. */
function finding(levels: readonly ScaleLevel[]): string {
  const count = (scale: LargerScale, direction: string) =>
    levels.filter((level) => level.direction[scale] === direction).length;
  const words = (scale: LargerScale) => {
    const [nearer, farther] = [count(scale, "nearer"), count(scale, "farther")];
    return `${nearer}${
      scale === "deeper" ? ` of ${levels.length} levels` : ""
    } nearer to the published ones` +
      (farther === 0 ? "" : ` and ${farther} away`);
  };
  return `Networks 3 times as deep come with ${words("deeper")}, training 3 times as long with ${
    words("longer")
  }`;
}

export function scale({ published, measured }: Sources): Drawn {
  const { cells, levels } = scaleStudy(
    measured?.replication ?? [],
    measured?.scale ?? { rows: [], configs: {} },
    published,
  );
  if (levels.length === 0) {
    throw new RangeError(
      "No cell is measured at every scale: deno task run, with the plan of scale.",
    );
  }
  const rows = Array.from(
    { length: Math.ceil(levels.length / COLUMNS) },
    (_, r) => levels.slice(r * COLUMNS, (r + 1) * COLUMNS),
  );
  return {
    numbers: {
      cells: Array.from(cells, (cell) => cellText(cellAt(cell))),
      levels: levels.map(({ values, ...level }) => ({
        ...level,
        values: Object.fromEntries(SCALES.map((scale) => [scale, [...values[scale]]])),
      })),
    },
    spec: {
      title: heading(
        finding(levels),
        `The same ${cells.length} cells, a line each, mean as a bar. ${
          SCALES.map((scale) => `${SCALE[scale].short}: ${SCALE[scale].label}`).join("; ")
        }. Below each title: mean change from the scale of the replication in points, 95 % interval by ` +
          `Student's t over the cells; nearer and away: the interval excludes 0.`,
      ),
      spacing: 16,
      vconcat: rows.map((row, r) => ({
        spacing: 26,
        hconcat: row.map((level, k) => panel(level, "abcdef"[r * COLUMNS + k])),
      })),
    },
  };
}
