/**
 * Robustness against features of a cell, as `width_and_depth` and `node_degree` draw it: mean with interval, over
 * the quartiles or the density of the cells.
 *
 * Robust is what the published study means by it, HWT after one day, whatever else a table holds.
 */
import {
  COMPETENT_BASELINE,
  CONNECTED,
  type Feature,
  type ProfileStep,
  type Study,
  take,
} from "../../analyse/mod.ts";
import { along } from "../grammar/axes.ts";
import { histogram2d, type Tile } from "../grammar/binning.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import { below, beside, type Channel } from "../grammar/figure.ts";
import { count } from "../grammar/format.ts";
import { bars, dots, panel, spans, words } from "../grammar/marks.ts";
import { axisTitle, CONDITION, type QuantityName } from "../grammar/metrics.ts";
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
interface Profiling {
  readonly feature: Feature;
  readonly title: string;
  /** What its axis says. */
  readonly quantity: QuantityName;
  /** End of a quantitative axis in millions from 0; without it the feature gets a column per value. */
  readonly millions?: number;
}

/** A feature under one meaning of robust. */
type Profile = (typeof ROBUSTNESS)[number] & Profiling & {
  readonly steps: readonly ProfileStep[];
  /** Cells within the axes, of a feature with a quantitative axis. */
  readonly tiles: readonly Tile[];
};

/** What a figure of some features shows: a row of panels per meaning of robust, a column per feature. */
export function profiles(study: Study, features: readonly Profiling[]) {
  const rows = ROBUSTNESS.map((row) =>
    features.map((drawn): Profile => {
      const steps = study.profile(row.outcome, drawn.feature);
      return { ...row, ...drawn, steps, tiles: tilesOf(study, row, drawn) };
    })
  );
  const most = mostCells(...rows.flat().map(({ tiles }) => tiles));
  const width = (CONTENT_WIDTH - 55 - 35 * (features.length - 1)) / features.length;
  const panelOf = (profile: Profile, k: number) => {
    const { outcome, domain, title, millions } = profile;
    const untitled = k % features.length === 0 ? {} : { title: null };
    const y = along(outcome, domain, { grid: true, zindex: 0, ...untitled });
    const layers = millions === undefined ? columns(profile, y) : cloud(profile, y, most);
    return panel(panelTitle("abcdefgh"[k], title, millions ? 21 : 16), [width, 135], layers);
  };
  const views = rows.flat().map(panelOf), half = features.length;
  const [loss, left] = rows.map((row) => row.map(({ steps }) => steps));
  return {
    /** Steps of each feature: what is lost after a day, and what is left. */
    loss,
    left,
    numbers: Object.fromEntries(
      features.map(({ feature }, k) => [feature, { "hwt_gap@1d": loss[k], "hwt@1d": left[k] }]),
    ),
    /** How to read the panels. */
    reading: [
      `Top: loss from baseline to HWT after 1 day of the ${count(study.groups.competent.length)}`,
      `cells with a baseline above ${COMPETENT_BASELINE} %. Bottom: accuracy of all`,
      `${count(CONNECTED.length)} connected cells. Dot: mean with 95 % interval, cells of one`,
      `expression together; bar: quartiles; small numbers: cells.`,
    ],
    view: below(10, beside(10, ...views.slice(0, half)), beside(10, ...views.slice(half))),
  };
}

/** Counts of the cells within the axes. */
function tilesOf(
  { features, groups, outcome }: Study,
  { outcome: id, domain }: (typeof ROBUSTNESS)[number],
  { feature, millions }: Profiling,
): Tile[] {
  if (millions === undefined) return [];
  const x = features[feature].map((value) => value / 1e6), y = outcome(id);
  const cells = id === "hwt@1d" ? CONNECTED : groups.competent;
  const shown = cells.filter((i) => y[i] >= domain[0] && y[i] <= domain[1]);
  return histogram2d(take(x, shown), take(y, shown), [0, millions], domain, 24);
}

type Y = ReturnType<typeof along>;

/** A column per value: bar of the quartiles, mean with interval, number of cells. */
function columns({ steps, quantity }: Profile, y: Y) {
  const rows = steps.map(({ average, n, ...step }) => ({ ...step, ...average, text: count(n) }));
  const color = CONDITION.hwt.colour, title = axisTitle(quantity);
  const axis = { labelAngle: 0, ticks: false, domain: false };
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
function cloud({ steps, quantity, millions, tiles }: Profile, y: Y, most: number) {
  const rows = steps.map(({ value, mean, average }) => ({ ...average, mean, value: value / 1e6 }));
  const x = along(quantity, [0, millions!], { tickCount: 4 });
  return [
    densityLayer(tiles, x("x"), y("y"), most, false),
    spans(rows, { x: x("value"), y }, { color: INK, strokeWidth: 1, clip: true }),
    dots(rows, { x: x("value"), y }, { size: 9, color: INK, clip: true }, "mean"),
  ];
}
