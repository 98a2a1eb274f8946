/** Panels of profiles: mean with interval, over the quartiles or the density of the cells. */
import type { Profiled } from "../../analyse/mod.ts";
import { along, position } from "../grammar/axes.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import type { Channel, View } from "../grammar/figure.ts";
import { count } from "../grammar/format.ts";
import { bars, dots, panel, spans, words } from "../grammar/marks.ts";
import { CONDITION } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, INK, MUTED, panelTitle } from "../grammar/theme.ts";
import { type Profile, ROBUSTNESS } from "./profiles.ts";

/** One row of panels per meaning of robust, one column per feature. */
export function profileGrid(all: readonly Profile[]) {
  const clouds = all.filter(({ millions }) => millions !== undefined);
  const most = mostCells(...clouds.flatMap(({ tiles }) => Object.values(tiles)));
  const row = ({ outcome, domain }: (typeof ROBUSTNESS)[number], r: number): View => {
    const panels = all.map((profile, k) => {
      const untitled = k === 0 ? {} : { title: null };
      const y = along(outcome, domain, { grid: true, zindex: 0, ...untitled });
      const title = panelTitle(
        "abcdefgh"[r * all.length + k],
        profile.title,
        profile.millions ? 21 : 16,
      );
      const size = [(CONTENT_WIDTH - 55 - 35 * (all.length - 1)) / all.length, 135] as const;
      const layers = profile.millions === undefined
        ? columns(profile, outcome, y)
        : cloud(profile, outcome, y, most);
      return panel(title, size, layers);
    });
    return { spacing: 10, hconcat: panels };
  };
  return { spacing: 10, vconcat: ROBUSTNESS.map(row) };
}

type Y = (field: string) => Channel<"y">;

/** Rows of the drawing; a value in millions where the axis says so. */
const rowsOf = ({ steps, millions }: Profile, outcome: Profiled) =>
  steps[outcome].map(({ average: { low, high }, value, n, mean, q25, q75 }) => ({
    ...{ value: millions === undefined ? value : value / 1e6, text: count(n) },
    ...{ mean, low, high, q25, q75 },
  }));

/** A column per value: bar of the quartiles, mean with interval, number of cells. */
function columns(profile: Profile, outcome: Profiled, y: Y) {
  const rows = rowsOf(profile, outcome), color = CONDITION.hwt.colour;
  const axis = { labelAngle: 0, ticks: false, domain: false };
  const { title } = position("value", profile.quantity, [0, 1]);
  const x: Channel<"x"> = { field: "value", type: "ordinal", title, axis };
  const small = { fontSize: 8.5, color: MUTED, baseline: "bottom" } as const;
  return [
    bars(rows, { x, y }, { width: 14, opacity: 0.25, color, clip: true }, ["q25", "q75"]),
    spans(rows, { x, y }, { strokeWidth: 2, color, clip: true }),
    dots(rows, { x, y }, { size: 34, color }, "mean"),
    words(rows, { x, y: { value: -1 } }, small),
  ];
}

/** The density of the cells, below the mean at each value with its interval. */
function cloud(profile: Profile, outcome: Profiled, y: Y, most: number) {
  const rows = rowsOf(profile, outcome);
  const x = along(profile.quantity, [0, profile.millions!], { tickCount: 4 });
  return [
    densityLayer(profile.tiles[outcome], x("x"), y("y"), most, false),
    spans(rows, { x: x("value"), y }, { color: INK, strokeWidth: 1, clip: true }),
    dots(rows, { x: x("value"), y }, { size: 9, color: INK, clip: true }, "mean"),
  ];
}
