/**
 * Does knowledge transfer? A predictor that has seen the published table alone ranks the networks of another
 * space by their shape.
 */
import { SOURCES } from "../../contrast/mod.ts";
import { archStr, cellAt, type SearchSpace, type Shape, SPACES } from "../../space/mod.ts";
import { type Interval, kendallInterval, leastSquares, mean } from "../../stats/mod.ts";
import type { Study } from "../study.ts";
import { outcomeOf, overSeeds } from "./estimates.ts";
import { type Networks, networksOf } from "./networks.ts";
import { CONNECTED } from "../table/features.ts";
import { intervalText } from "../words.ts";

/** Networks of a space that a rank agreement wants. */
const FEWEST_RANKED = 15;
/**
 * What is known of the networks of every space. What each counts is the space's own matter, so that they are
 * compared within a space only: in its SDs.
 */
const FEATURES = [
  "depth",
  "width",
  "skips",
  "branches",
] as const satisfies readonly (keyof Shape)[];

/** How well the published table foretells the order of another space. */
export interface Transfer {
  readonly source: string;
  readonly label: string;
  readonly networks: number;
  /**
   * Of the predicted and the measured drift drop of HWT, tau-b, each network once; null where there are too few
   * networks, or nothing to order them by.
   */
  readonly tau: Interval | null;
}

const standard = (values: readonly number[]) => {
  const centre = mean(values), sd = Math.sqrt(mean(values.map((v) => (v - centre) ** 2)));
  return values.map((v) => sd === 0 ? 0 : (v - centre) / sd);
};

/** Shapes in SDs of their list: a column a feature. */
function columns({ shape }: SearchSpace, texts: readonly string[]): number[][] {
  const shapes = texts.map(shape);
  return FEATURES.map((feature) => standard(shapes.map((own) => own[feature])));
}

const PUBLISHED = SOURCES.find(({ id }) => id === "published")!;
const DRIFT = { outcome: "drift_drop.hwt" } as const;

/** Least squares of the published drift drop on shape, by space that was measured. */
export function transfers(study: Study): readonly Transfer[] {
  const published = networksOf(study, PUBLISHED);
  const texts = Array.from(CONNECTED, (i) => archStr(cellAt(i)));
  const weights = leastSquares(
    columns(SPACES.nas_bench_201, texts),
    standard([...outcomeOf(published, DRIFT, PUBLISHED)]),
  );
  return SOURCES.filter(({ id, kind }) => kind === "space" && id !== "published").map((source) => {
    const { label } = source;
    const { names, values, clusters } = byNetwork(networksOf(study, source), source);
    if (names.length < FEWEST_RANKED) {
      return { source: source.id, label, networks: names.length, tau: null };
    }
    const features = columns(SPACES[source.space], names);
    const predicted = names.map((_, i) =>
      weights.reduce((sum, w, f) => sum + w * features[f][i], 0)
    );
    const hasOrder = [predicted, values].every((list) => new Set(list).size > 1);
    const tau = hasOrder ? kendallInterval(predicted, values, clusters) : null;
    return { source: source.id, label, networks: names.length, tau };
  });
}

/** The drift drop of each network, mean over its seeds, and what is no independent evidence of each other. */
function byNetwork(networks: Networks, source: typeof SOURCES[number]) {
  const { first, means: [values] } = overSeeds(networks.texts, [
    outcomeOf(networks, DRIFT, source),
  ]);
  return {
    names: first.map((i) => networks.texts[i]),
    values,
    clusters: first.map((i) => networks.clusters[i]),
  };
}

/** In words, whatever is measured. */
export function transferInWords(all: readonly Transfer[]): string {
  const ranked = all.filter(({ tau }) => tau !== null);
  const missing = all.filter(({ networks }) => networks < FEWEST_RANKED);
  const said = ranked.map(({ label, networks, tau }) => {
    const { low, high } = tau!;
    const words = low > 0
      ? "the same way"
      : high < 0
      ? "the other way"
      : "not clearly better than chance";
    return `${label} ${words} (τ ${intervalText(tau!, 2)}; ${networks} networks)`;
  });
  return [
    "Least squares on depth, width, skips and branches, fitted to the published drift drop and compared within " +
    "each space:",
    ranked.length === 0 ? "no space has enough networks to rank." : `it orders ${said.join(", ")}.`,
    missing.length === 0 ? "" : `Not ranked, for want of ${FEWEST_RANKED} networks: ` +
      missing.map(({ label, networks }) => `${label} (${networks})`).join(", ") + ".",
  ].filter((sentence) => sentence !== "").join(" ");
}
