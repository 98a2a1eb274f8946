/**
 * `scale`: which larger networks take the levels measured here to the published ones.
 *
 * The outcomes are `SCALE_OUTCOMES`: what scale could act on. A larger scale is drawn once it has rows.
 */
import {
  LARGER_SCALES,
  type LevelAtScale,
  type Scale,
  scaleInWords,
  type ScaleLevel,
  type ScaleStudy,
  type Study,
} from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import { free, names } from "../grammar/axes.ts";
import { figure, grid, type View } from "../grammar/figure.ts";
import { intervalText, signed } from "../grammar/format.ts";
import { layer, panel } from "../grammar/marks.ts";
import { quantityOf } from "../grammar/metrics.ts";
import { MUTED, panelTitle } from "../grammar/theme.ts";

const SIZE = [178, 130] as const, COLUMNS = 3;

/** A scale as it stands below a panel. */
const labelOf = (scale: Scale) => scale === "replication" ? "here" : scale;

/** What a change of scale did to one level, in words: "longer +11.2 (9.1 to 13.3)". */
function changeInWords({ scale, change }: LevelAtScale): string[] {
  return change === null ? [] : [`${labelOf(scale)} ${intervalText(change, 1, signed)}`];
}

/** One level: a thin line a cell, broken where it is not measured, and a bar for the mean. */
function levelPanel({ outcome, at }: ScaleLevel, k: number): View {
  const { label, unit, colour } = quantityOf(outcome), [what] = label.split(":");
  const all = at.flatMap(({ scale, values }) =>
    Array.from(values, (value, cell) => ({ scale: labelOf(scale), cell, value }))
  );
  const values = all.filter(({ value }) => Number.isFinite(value));
  const x = names("scale", at.map(({ scale }) => labelOf(scale)), { labelFontSize: 9 });
  const y = free("value", `${what} (${unit})`, { grid: true });
  const small = { subtitleFontSize: 9.5, subtitleLineHeight: 12 };
  const subtitle = at.flatMap(changeInWords);
  const title = { ...panelTitle("abcdef"[k], label), ...small, subtitle };
  const thin = { type: "line", color: MUTED, strokeWidth: 0.8, opacity: 0.5 } as const;
  const bar = { type: "tick", thickness: 2.5, size: 22, color: colour } as const;
  const gaps = all.map((row) => Number.isFinite(row.value) ? row : { ...row, value: null });
  return panel(title, SIZE, [
    layer(gaps, thin, { x, y, detail: { field: "cell" } }),
    layer(values, { type: "point", size: 14, color: MUTED }, { x, y }),
    layer(values, bar, { x, y: { ...y, aggregate: "mean" } }),
  ]);
}

/** In how many of the levels each change of scale takes the cells nearer to the table, and in how many away. */
function finding({ levels, larger }: ScaleStudy, times: Study["scaleTimes"]): string {
  const measured = LARGER_SCALES.filter((scale) => larger[scale].length > 0);
  return measured.map((scale, k) => {
    const [nearer, farther] = ["nearer", "farther"].map((way) =>
      levels.filter(({ at }) => at.some((own) => own.scale === scale && own.direction === way))
    );
    const words = scaleInWords(scale, times[scale]);
    const away = farther.length === 0 ? "" : ` (and away in ${farther.length})`;
    return k > 0
      ? `${words} in ${nearer.length}${away}`
      : `Cells ${words} come nearer to the published ones in ${nearer.length} of ${levels.length} levels${away}`;
  }).join(", ");
}

export function scale({ scale, scaleTimes }: Study) {
  const { cells, larger, levels } = scale;
  if (levels.length === 0) {
    throw new RangeError(
      "No cell is measured at a larger scale: deno task run, with the plan of scale.",
    );
  }
  const drawn = levels[0].at.map(({ scale }) => labelOf(scale));
  const few = LARGER_SCALES.filter((scale) => larger[scale].length < cells.length).map((scale) =>
    `${larger[scale].length || "None"} of them are measured ${scaleInWords(scale)}. `
  );
  return figure({
    numbers: {
      cells: Array.from(cells, (cell) => cellText(cellAt(cell))),
      levels: levels.map(({ outcome, at }) => ({
        outcome,
        at: at.map(({ values, ...own }) => ({ ...own, values: [...values] })),
      })),
    },
    alt: `Six panels, one a level: a thin line for each cell over ${drawn.length} scales ` +
      `(${drawn.join(", ")}), with the means as bars.`,
    finding: finding(scale, scaleTimes),
    reading: [
      `The same ${cells.length} cells, a line each, mean as a bar; here: as replicated. ` +
      few.join("") +
      `Below each title: mean change from there in points, 95 % interval, cells of one ` +
      `expression together; nearer and away: the interval excludes 0.`,
    ],
    view: grid(COLUMNS, { row: 16, column: 26 }, levels.map(levelPanel)),
  });
}
