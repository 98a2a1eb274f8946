/**
 * Are the shares of the fall a matter of short training and shallow networks? The same cells at the replication's
 * scale, trained longer, as deeper networks, and as published. Exploratory: asked after the rows were there, so
 * that it stands outside the family of tests, and its intervals are not corrected.
 */
import { ASKED, type Asked, type Finding } from "../../contrast/mod.ts";
import {
  influenceInterval,
  type Interval,
  intervalOf,
  mean,
  position,
  ratioEstimate,
  ratioInfluence,
} from "../../stats/mod.ts";
import { LARGER_SCALES, type LargerScale } from "../replication/scale_study.ts";
import type { Study } from "../study.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { evidenceOf, hasFall, shareParts } from "./estimates.ts";
import { byScale, networksAtScales, type Scale } from "./networks.ts";

/** What a finding's share of the mean fall is at one scale. */
export interface ShareAtScale {
  /** Mean fall from `baseline` to `noisy` after a day, points. */
  readonly fall: number;
  /** Null where there is no fall to be shared. */
  readonly share: Interval | null;
  /** By the uncorrected interval and the finding's reference. */
  readonly reading: "holds" | "contradicted" | "open" | "no fall";
}

/** A share over the same cells at every scale. */
export interface ScaledShare {
  readonly finding: Finding;
  readonly at: Readonly<Record<Scale, ShareAtScale>>;
  /** Share at the larger scale less that at the replication's; null where either has no fall. */
  readonly change: Readonly<Record<LargerScale, Interval | null>>;
}

/** What the larger scales say of the findings. */
export interface LargerScaleFindings {
  /** In the order of the findings; none where nothing is measured at every scale. */
  readonly shares: readonly ScaledShare[];
  /** Pairs of a matched finding that these cells form, of the finding with the most, and how many it asks for. */
  readonly pairs: { readonly most: number; readonly fewest: number };
}

/** The findings that can be asked of the cells of `study.scale`, which have every metric at every scale. */
export function largerScaleFindings(study: Study): LargerScaleFindings {
  const { cells } = study.scale, networks = networksAtScales(study);
  const own = ASKED.filter(({ source }) => source.id === "own");
  const clusters = Array.from(cells, (cell) => EXPRESSIONS[cell]);
  const asked = cells.length === 0 ? [] : own.filter(({ design }) => design.kind === "networks");
  const pairs = own.flatMap((asked) => {
    if (asked.design.kind !== "swap") return [];
    const found = LARGER_SCALES.map((scale) => evidenceOf(asked, networks[scale], null).n);
    return [{ most: Math.min(...found), fewest: asked.design.fewest }];
  });
  return {
    shares: asked.map((test): ScaledShare => {
      const parts = byScale((scale) => {
        const { first, gained, fall } = shareParts(networks[scale], test.finding, test.source);
        const places = new Map(first.map((i, k) => [networks[scale].cells[i], k]));
        const of = (values: Float64Array) =>
          Float64Array.from(cells, (cell) => values[places.get(cell)!]);
        return { gained: of(gained), fall: of(fall) };
      });
      const change = (scale: LargerScale) => changeOf(parts[scale], parts.replication, clusters);
      return {
        finding: test.finding,
        at: byScale((scale) => shareOf(parts[scale], clusters, test)),
        change: { longer: change("longer"), deeper: change("deeper") },
      };
    }),
    pairs: pairs.reduce((a, b) => b.most > a.most ? b : a),
  };
}

/** Gains and falls by cell, points. */
interface Parts {
  readonly gained: Float64Array;
  readonly fall: Float64Array;
}

function shareOf(
  { gained, fall }: Parts,
  clusters: readonly number[],
  { finding }: Asked,
): ShareAtScale {
  const given = { fall: mean(fall) };
  if (!hasFall(given)) return { ...given, share: null, reading: "no fall" };
  const share = intervalOf(ratioEstimate(gained, fall, clusters));
  const side = position(share, finding.reference);
  const reading = side === "across" ? "open" : side === finding.side ? "holds" : "contradicted";
  return { ...given, share, reading };
}

/** Difference of two shares of the same cells: what a cell adds to the one error it takes from the other. */
function changeOf(larger: Parts, smaller: Parts, clusters: readonly number[]): Interval | null {
  const parts = [larger, smaller];
  if (!parts.every(({ fall }) => hasFall({ fall: mean(fall) }))) return null;
  const [to, from] = parts.map(({ gained, fall }) => ratioInfluence(gained, fall));
  const influence = to.influence.map((v, i) => v - from.influence[i]);
  return influenceInterval(to.ratio - from.ratio, influence, clusters);
}
