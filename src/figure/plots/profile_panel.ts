/** Robustness against features of a cell: mean with interval, and quartiles or density of the cells. */
import {
  COMPETENT_BASELINE,
  CONNECTED,
  type Feature,
  type Profiled,
  type ProfileStep,
  type Study,
  take,
} from "../../analyse/mod.ts";
import { along, position } from "../grammar/axes.ts";
import { histogram2d, type Tile } from "../grammar/binning.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import type { Channel, View } from "../grammar/figure.ts";
import { count } from "../grammar/format.ts";
import { bars, dots, panel, spans, words } from "../grammar/marks.ts";
import { CONDITION, type QuantityName } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, INK, MUTED, panelTitle } from "../grammar/theme.ts";

/**
 * The two ways in which a cell can be called robust: what it loses, among cells that had something to
 * lose, and what it still reaches, among all connected cells.
 */
const ROBUSTNESS = [
  { outcome: "hwt_gap@1d", domain: [0, 20] },
  { outcome: "hwt@1d", domain: [40, 95] },
] as const;

/** A feature as it is drawn. */
export interface Profiling {
  readonly feature: Feature;
  readonly title: string;
  /** What its axis says. */
  readonly quantity: QuantityName;
  /** End of a quantitative axis in millions from 0; without it the feature gets a column per value. */
  readonly millions?: number;
}

/** A feature under both meanings of robust. */
export interface Profile extends Profiling {
  readonly steps: Readonly<Record<Profiled, readonly ProfileStep[]>>;
  /** Cells within the axes, of a feature with a quantitative axis. */
  readonly tiles: Readonly<Record<Profiled, readonly Tile[]>>;
}

/** Both outcomes against each feature. */
export function profiles(study: Study, features: readonly Profiling[]): Profile[] {
  const { features: values, groups, outcome, profile } = study;
  const both = <T>(of: (row: (typeof ROBUSTNESS)[number]) => T) => {
    const [loss, left] = ROBUSTNESS.map(of);
    return { "hwt_gap@1d": loss, "hwt@1d": left };
  };
  return features.map((drawn) => {
    const { feature, millions } = drawn, x = values[feature].map((value) => value / 1e6);
    const tiles = (id: Profiled, domain: readonly [number, number]) => {
      if (millions === undefined) return [];
      const y = outcome(id), cells = id === "hwt@1d" ? CONNECTED : groups.competent;
      const shown = cells.filter((i) => y[i] >= domain[0] && y[i] <= domain[1]);
      return histogram2d(take(x, shown), take(y, shown), [0, millions], domain, 24);
    };
    return {
      ...drawn,
      steps: both((row) => profile(row.outcome, feature)),
      tiles: both((row) => tiles(row.outcome, row.domain)),
    };
  });
}

/** One row of panels per meaning of robust, one column per feature. */
export function profileGrid(all: readonly Profile[]) {
  const clouds = all.filter(({ millions }) => millions !== undefined);
  const most = mostCells(...clouds.flatMap(({ tiles }) => Object.values(tiles)));
  const row = ({ outcome, domain }: (typeof ROBUSTNESS)[number], r: number): View => {
    const panels = all.map((profile, k) => {
      const y = (field: string) => ({
        ...position(field, outcome, domain, { grid: true, zindex: 0 }),
        ...(k === 0 ? {} : { title: null }),
      });
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

/** The largest difference between means of `outcome` along any of the features. */
export function largestDifference(all: readonly Profile[], outcome: Profiled): number {
  return Math.max(...all.map(({ steps }) => {
    const means = steps[outcome].map(({ mean }) => mean);
    return Math.max(...means) - Math.min(...means);
  }));
}

/** How to read a grid, for the subtitle. */
export const profileReading = ({ groups }: Study): readonly string[] => [
  `Top: loss from baseline to HWT after 1 day of the ${
    count(groups.competent.length)
  } cells with a`,
  `baseline above ${COMPETENT_BASELINE} %. Bottom: accuracy of all ${count(CONNECTED.length)}`,
  `connected cells. Dot: mean with 95 % interval, cells of one expression together; bar:`,
  `quartiles; small numbers: cells.`,
];

/** What is drawn, as plain JSON. */
export const profileNumbers = (all: readonly Profile[]): Record<string, unknown> =>
  Object.fromEntries(all.map(({ feature, steps }) => [feature, steps]));
