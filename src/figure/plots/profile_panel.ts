/** Robustness against features of a cell: mean with interval, quartiles and numbers of cells. */
import {
  COMPETENT_BASELINE,
  CONNECTED,
  featureProfile,
  outcomeValues,
  type ProfileStep,
  robustGroups,
} from "../../analyse/mod.ts";
import { prng } from "../../random.ts";
import { along } from "../grammar/axes.ts";
import type { Channel, Sources, View } from "../grammar/figure.ts";
import { count } from "../grammar/format.ts";
import { bars, dots, panel, spans, words } from "../grammar/marks.ts";
import { CONDITION } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, MUTED, panelTitle } from "../grammar/theme.ts";

/**
 * The two ways in which a cell can be called robust: what it loses, among cells that had something to
 * lose, and what it still reaches, among all connected cells.
 */
const ROBUSTNESS = [
  { outcome: "hwt_gap@1d", domain: [0, 20] },
  { outcome: "hwt@1d", domain: [40, 90] },
] as const;
type Outcome = (typeof ROBUSTNESS)[number]["outcome"];

/** A number by cell_index with few distinct values. */
export interface Feature {
  /** Key in the JSON, and label of the bootstrap's sub-stream. */
  readonly name: string;
  readonly title: string;
  readonly axis: string;
  readonly values: ArrayLike<number>;
  /** With many values: a quantitative axis in millions from 0. Else a column per value. */
  readonly inMillions?: boolean;
}

/** Profiles of one feature under both meanings of robust. */
export interface Profile {
  readonly feature: Feature;
  readonly steps: Readonly<Record<Outcome, readonly ProfileStep[]>>;
}

/** Both outcomes against each feature, with intervals. */
export function profiles({ published, seed }: Sources, features: readonly Feature[]): Profile[] {
  const { competent } = robustGroups(published);
  const steps = (feature: Feature, outcome: Outcome) =>
    featureProfile(
      feature.values,
      outcomeValues(published, outcome),
      outcome === "hwt@1d" ? CONNECTED : competent,
      prng(seed, `${outcome} by ${feature.name}`),
    );
  return features.map((feature) => ({
    feature,
    steps: {
      "hwt_gap@1d": steps(feature, "hwt_gap@1d"),
      "hwt@1d": steps(feature, "hwt@1d"),
    },
  }));
}

/** One row of panels per meaning of robust, one column per feature. */
export function profileGrid(all: readonly Profile[]) {
  const row = ({ outcome, domain }: (typeof ROBUSTNESS)[number], r: number): View => ({
    spacing: 10,
    hconcat: all.map(({ feature, steps }, k) => {
      const place = r * all.length + k;
      return profilePanel(feature, steps[outcome], outcome, domain, place, all.length);
    }),
  });
  return { spacing: 10, vconcat: ROBUSTNESS.map(row) };
}

function profilePanel(
  feature: Feature,
  steps: readonly ProfileStep[],
  outcome: Outcome,
  domain: readonly [number, number],
  k: number,
  columns: number,
): View {
  const many = feature.inMillions ?? false, color = CONDITION.hwt.colour;
  const most = Math.max(...steps.map(({ value }) => value));
  const scale = { domain: [0, 1.06 * most], nice: false };
  const x: Channel<"x"> = many
    ? {
      ...{ field: "value", type: "quantitative", scale, title: feature.axis },
      axis: { labelExpr: "datum.value / 1e6", tickCount: 4 },
    }
    : {
      ...{ field: "value", type: "ordinal", title: feature.axis },
      axis: { labelAngle: 0, ticks: false, domain: false },
    };
  const axis = along(outcome, domain, { grid: true }), first = k % columns === 0;
  const y = (field: string) => ({ ...axis(field), ...(first ? {} : { title: null }) });
  const values = steps.map(({ average: { low, high }, ...step }) => ({
    ...{ ...step, low, high, text: count(step.n) },
  }));
  const small = { fontSize: 8.5, color: MUTED, baseline: "bottom" } as const;
  const width = (CONTENT_WIDTH - 55 - 35 * (columns - 1)) / columns;
  return panel(panelTitle("abcdefgh"[k], feature.title, many ? 21 : 16), [width, 135], [
    bars(values, { x, y }, { width: many ? 4 : 14, opacity: 0.25, color, clip: true }, [
      "q25",
      "q75",
    ]),
    spans(values, { x, y }, { strokeWidth: many ? 1.2 : 2, color, clip: true }),
    dots(values, { x, y }, { size: many ? 14 : 34, color }, "mean"),
    ...(many ? [] : [words(values, { x, y: { value: -1 } }, small)]),
  ]);
}

/** The largest difference between means of `outcome` along any of the features. */
export function largestDifference(all: readonly Profile[], outcome: Outcome): number {
  return Math.max(...all.map(({ steps }) => {
    const means = steps[outcome].map(({ mean }) => mean);
    return Math.max(...means) - Math.min(...means);
  }));
}

/** How to read a grid, for the subtitle. */
export function profileReading({ published }: Sources): string {
  const { competent } = robustGroups(published);
  return `Top: loss from baseline to HWT after 1 day of the ${
    count(competent.length)
  } cells with a baseline above ${COMPETENT_BASELINE} %. Bottom: accuracy of all ${
    count(CONNECTED.length)
  } connected cells. Dot: mean with 95 % interval by bootstrap over isomorphism classes; bar: quartiles; ` +
    `small numbers: cells.`;
}

/** What is drawn, as plain JSON. */
export function profileNumbers(all: readonly Profile[]): Record<string, unknown> {
  return Object.fromEntries(all.map(({ feature, steps }) => [feature.name, steps]));
}
