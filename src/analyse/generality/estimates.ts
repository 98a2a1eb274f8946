/** The effect that a design asks for, from the networks of a source. */
import {
  type Asked,
  type Design,
  type Finding,
  SMALLEST_FALL_POINTS,
  type Source,
} from "../../contrast/mod.ts";
import { canonicalText, cellAt, indexStep, linearPaths, width } from "../../space/mod.ts";
import { denseLabels, type Estimate, matchedMean, mean, ratioEstimate } from "../../stats/mod.ts";
import type { CollapseStudy } from "../replication/collapse_study.ts";
import { liveCounts, withoutSkips } from "../table/linear_paths.ts";
import type { Networks } from "./networks.ts";

/** What the networks of a source say. */
export interface Evidence {
  /** Null where there is nothing to go by, or no fall to be shared. */
  readonly estimate: Estimate | null;
  /** Networks, pairs or strata behind it. */
  readonly n: number;
  /** Mean fall from `baseline` to `noisy` in points, for shares of it. */
  readonly fall?: number;
  /** Networks are measured, and no two of them differ in what is asked. */
  readonly isUnpaired?: boolean;
}

const NOTHING: Evidence = { estimate: null, n: 0 };

/** The effect of one test of the family; the collapse study stands aside, since its networks are of another scale. */
export function evidenceOf(
  { finding, source, design }: Asked,
  networks: Networks,
  collapse: CollapseStudy | null,
): Evidence {
  switch (design.kind) {
    case "none":
      return NOTHING;
    case "networks":
      return shares(networks, finding, source);
    case "pairs":
      return matched(networks, outcomeOf(networks, finding, source), listed(design, source));
    case "swap": {
      const outcome = outcomeOf(networks, finding, source);
      return orUnpaired(outcome, matched(networks, outcome, swapped(design)));
    }
    case "strata": {
      const outcome = outcomeOf(networks, finding, source);
      return orUnpaired(outcome, strata(networks, outcome, design));
    }
    case "collapse_pairs":
      return collapsePairs(collapse);
  }
}

/**
 * Where pairs are sought among whatever cells are measured, nothing found is said apart from nothing measured.
 * Listed pairs are planned: what is missing of them is not measured.
 */
const orUnpaired = (outcome: Float64Array, found: Evidence): Evidence =>
  found.n > 0 ? found : { ...found, isUnpaired: outcome.some(Number.isFinite) };

/** Whether shares of the fall mean something: there has to be one. */
export const hasFall = ({ fall }: Pick<Evidence, "fall">): boolean =>
  fall === undefined || fall >= SMALLEST_FALL_POINTS;

const less = (from: Float64Array, subtrahend: Float64Array) =>
  from.map((value, i) => value - subtrahend[i]);

/** The differences of all pairs of a swap, and nothing for other designs. */
export function swapDifferences({ finding, source, design }: Asked, networks: Networks): number[] {
  if (design.kind !== "swap") return [];
  const outcome = outcomeOf(networks, finding, source);
  return swapped(design)(networks).map(([a, b]) => outcome[a] - outcome[b]).filter(Number.isFinite);
}

/** The paired outcome of every entry, NaN where something of it is not measured. */
export function outcomeOf(
  { accuracy }: Networks,
  { outcome }: Pick<Finding, "outcome">,
  { read_s, drift_s, noisy_s }: Source,
): Float64Array {
  if (outcome === "accuracy.noisy") return accuracy("noisy", noisy_s);
  if (outcome === "loss.hwt") return less(accuracy("baseline"), accuracy("hwt", read_s));
  const [from, to] = drift_s!;
  return less(accuracy("hwt", from), accuracy("hwt", to));
}

/** One value for each network: the mean over its seeds, entries without the value left out. */
export function overSeeds(texts: readonly string[], columns: readonly Float64Array[]) {
  const complete = texts.map((_, i) => i).filter((i) =>
    columns.every((c) => Number.isFinite(c[i]))
  );
  const groups = [...Map.groupBy(complete, (i) => texts[i]).values()];
  return {
    first: groups.map(([i]) => i),
    means: columns.map((c) =>
      Float64Array.from(
        groups.map((own) => own.length === 1 ? c[own[0]] : mean(own.map((i) => c[i]))),
      )
    ),
  };
}

/**
 * What of the fall each network gains, and its fall from `baseline` to `noisy`, points; `first` is an entry of each
 * network, and networks without a part are left out.
 */
export function shareParts(
  { accuracy, texts }: Networks,
  { outcome }: Finding,
  { read_s }: Source,
) {
  const baseline = accuracy("baseline"), noisy = accuracy("noisy", read_s);
  const part = outcome === "closed.hwt"
    ? less(accuracy("hwt", read_s), noisy)
    : less(baseline, accuracy(outcome === "captured.ptq" ? "ptq" : "qat"));
  const { first, means: [gained, fall] } = overSeeds(texts, [part, less(baseline, noisy)]);
  return { first, gained, fall };
}

function shares(networks: Networks, finding: Finding, source: Source): Evidence {
  const { first, gained, fall } = shareParts(networks, finding, source);
  if (first.length === 0) return NOTHING;
  const n = first.length, given = { n, fall: mean(fall) };
  if (!hasFall(given)) return { ...given, estimate: null };
  return {
    ...given,
    estimate: ratioEstimate(gained, fall, first.map((i) => networks.clusters[i])),
  };
}

/** Pairs of entries from one training: [first, second]. */
type Pairing = (networks: Networks) => readonly (readonly [number, number])[];

const entryOf = ({ texts, trainings }: Networks) => {
  const places = new Map(texts.map((text, i) => [`${text} ${trainings[i]}`, i]));
  return (text: string, training: string) => places.get(`${text} ${training}`);
};

/** The listed pairs, once for every training in which both were measured. */
const listed =
  ({ pairs }: Design & { kind: "pairs" }, { space }: Source): Pairing => (networks) => {
    const at = entryOf(networks), trainings = [...new Set(networks.trainings)];
    return pairs.flatMap((pair) => {
      const [a, b] = pair.map((text) => canonicalText({ space, text }));
      return trainings.flatMap((training): [number, number][] => {
        const first = at(a, training), second = at(b, training);
        return first === undefined || second === undefined ? [] : [[first, second]];
      });
    });
  };

/** All pairs of cells that differ in one operation on one of the design's edges. */
const swapped =
  ({ operation, other, edges }: Design & { kind: "swap" }): Pairing => ({ cells, trainings }) => {
    const places = new Map(
      Map.groupBy(trainings.keys(), (i) => trainings[i]).entries()
        .map(([training, own]) => [training, new Map(own.map((i) => [cells[i], i]))]),
    );
    return edges.flatMap((edge) =>
      trainings.flatMap((training, first): [number, number][] => {
        if (cellAt(cells[first])[edge] !== operation) return [];
        const partner = cells[first] + (other - operation) * indexStep(edge);
        const second = places.get(training)!.get(partner);
        return second === undefined ? [] : [[first, second]];
      })
    );
  };

/**
 * Mean difference of pairs. Pairs that share a network, or seeds of one, are no independent evidence: the error is
 * clustered by the networks on either side.
 */
function matched(networks: Networks, outcome: Float64Array, pairing: Pairing): Evidence {
  const pairs = pairing(networks)
    .filter(([a, b]) => Number.isFinite(outcome[a]) && Number.isFinite(outcome[b]));
  if (pairs.length === 0) return NOTHING;
  const { estimate, error, evidence } = matchedMean(
    pairs.map(([a, b]) => outcome[a] - outcome[b]),
    [0, 1].map((side) => pairs.map((pair) => networks.clusters[pair[side]])),
  );
  return { estimate: { estimate, error, evidence }, n: pairs.length };
}

/**
 * Slope of the outcome on the feature within strata of equal live operations. Clustered by the live operations
 * without skips, since cells of one expression may differ in those, and by expressions.
 */
function strata(
  { texts, cells, clusters }: Networks,
  outcome: Float64Array,
  { feature }: Design & { kind: "strata" },
): Evidence {
  const { first, means: [values] } = overSeeds(texts, [outcome]);
  const all = first.map((i, k) => {
    const cell = cellAt(cells[i]);
    const x = feature === "width" ? width(cell) : Math.min(2, linearPaths(cell));
    return { y: values[k], x, counts: liveCounts(cells[i]), cluster: clusters[i] };
  }).filter(({ x }) => feature === "width" || x > 0);
  const informative = [...Map.groupBy(all, ({ counts }) => counts).values()]
    .filter((members) => new Set(members.map(({ x }) => x)).size > 1);
  if (informative.length === 0) return NOTHING;
  const points = informative.flatMap((members) => {
    const x0 = mean(members.map(({ x }) => x)), y0 = mean(members.map(({ y }) => y));
    return members.map(({ x, y, counts, cluster }) => ({ x: x - x0, y: y - y0, counts, cluster }));
  });
  const xx = mean(points.map(({ x }) => x * x)), slope = mean(points.map(({ x, y }) => x * y)) / xx;
  const { error, evidence } = matchedMean(
    points.map(({ x, y }) => x * (y - slope * x) / xx),
    [points.map(({ counts }) => withoutSkips(counts)), points.map(({ cluster }) => cluster)],
  );
  return { estimate: { estimate: slope, error, evidence }, n: informative.length };
}

function collapsePairs(collapse: CollapseStudy | null): Evidence {
  if (collapse === null) return NOTHING;
  const pairs = [...Map.groupBy(collapse.cells, ({ pair }) => pair).values()];
  const own = denseLabels(pairs.map((_, i) => i)).labels;
  const { estimate, error, evidence } = matchedMean(
    pairs.map(([two, one]) => two.fixed_pct - one.fixed_pct),
    [own, own],
  );
  return { estimate: { estimate, error, evidence }, n: pairs.length };
}
