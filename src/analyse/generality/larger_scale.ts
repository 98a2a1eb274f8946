/**
 * Are the shares of the fall a matter of short training and small networks? The same cells at the replication's
 * scale, trained longer, as deeper and as wider networks, and as published; each larger scale against the
 * replication over its own cells. Exploratory: asked after the rows of longer and deeper networks were there, if
 * before any of wider ones was committed or analysed, so that it stands outside the family of tests, and its
 * intervals are not corrected.
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
import { LARGER_SCALES, type LargerScale, type Scale } from "../replication/larger_scales.ts";
import type { Study } from "../study.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { evidenceOf, hasFall, shareParts } from "./estimates.ts";
import { type Networks, networksAtScales } from "./networks.ts";

/** What a finding's share of the mean fall is at one scale, over the cells that are measured at it. */
export interface ShareAtScale {
  readonly scale: Scale;
  /** How many. */
  readonly cells: number;
  /** Mean fall from `baseline` to `noisy` after a day, points. */
  readonly fall: number;
  /** Null where there is no fall to be shared. */
  readonly share: Interval | null;
  /** By the uncorrected interval and the finding's reference. */
  readonly reading: "holds" | "contradicted" | "open" | "no fall";
  /**
   * The share less that of the same cells at the replication's scale; null but for the larger scales, and where
   * either has no fall.
   */
  readonly change: Interval | null;
}

/** A share at the replication's scale, the larger ones that are measured, and the published one. */
export interface ScaledShare {
  readonly finding: Finding;
  readonly at: readonly ShareAtScale[];
}

/** What the larger scales say of the findings. */
export interface LargerScaleFindings {
  /** In the order of the findings; none where nothing is measured at a larger scale. */
  readonly shares: readonly ScaledShare[];
  /** Pairs of a matched finding that these cells form, of the finding with the most, and how many it asks for. */
  readonly pairs: { readonly most: number; readonly fewest: number };
}

/** The findings that can be asked of the cells of `study.scale`, which have every metric at their scales. */
export function largerScaleFindings(study: Study): LargerScaleFindings {
  const { cells, larger } = study.scale, networks = networksAtScales(study);
  const own = ASKED.filter(({ source }) => source.id === "own");
  const asked = cells.length === 0 ? [] : own.filter(({ design }) => design.kind === "networks");
  const measured = LARGER_SCALES.filter((scale) => larger[scale].length > 0);
  const pairs = own.flatMap((asked) => {
    if (asked.design.kind !== "swap") return [];
    const found = measured.map((scale) => evidenceOf(asked, networks[scale], null).n);
    return [{ most: Math.max(0, ...found), fewest: asked.design.fewest }];
  });
  return {
    shares: asked.map((test): ScaledShare => {
      const at = (scale: Scale, of: Int32Array) => partsOf(networks[scale], test, of);
      const changed = (scale: LargerScale) =>
        changeOf(at(scale, larger[scale]), at("replication", larger[scale]));
      return {
        finding: test.finding,
        at: [
          shareOf("replication", at("replication", cells), test, null),
          ...measured.map((scale) =>
            shareOf(scale, at(scale, larger[scale]), test, changed(scale))
          ),
          shareOf("published", at("published", cells), test, null),
        ],
      };
    }),
    pairs: pairs.reduce((a, b) => b.most > a.most ? b : a),
  };
}

/** Gains and falls by cell, points, and what of the cells is no independent evidence of each other. */
interface Parts {
  readonly gained: Float64Array;
  readonly fall: Float64Array;
  readonly clusters: Float64Array;
}

/** Those of `cells`, all of which `networks` have. */
function partsOf(networks: Networks, { finding, source }: Asked, cells: Int32Array): Parts {
  const { first, gained, fall } = shareParts(networks, finding, source);
  const places = new Map(first.map((i, k) => [networks.cells[i], k]));
  const own = Array.from(cells, (cell) => places.get(cell)!);
  return { gained: take(gained, own), fall: take(fall, own), clusters: take(EXPRESSIONS, cells) };
}

function shareOf(
  scale: Scale,
  { gained, fall, clusters }: Parts,
  { finding }: Asked,
  change: Interval | null,
): ShareAtScale {
  const given = { scale, cells: fall.length, fall: mean(fall), change };
  if (!hasFall(given)) return { ...given, share: null, reading: "no fall" };
  const share = intervalOf(ratioEstimate(gained, fall, clusters));
  const side = position(share, finding.reference);
  const reading = side === "across" ? "open" : side === finding.side ? "holds" : "contradicted";
  return { ...given, share, reading };
}

/** Difference of two shares of the same cells: what a cell adds to the one error it takes from the other. */
function changeOf(larger: Parts, smaller: Parts): Interval | null {
  const parts = [larger, smaller];
  if (!parts.every(({ fall }) => hasFall({ fall: mean(fall) }))) return null;
  const [to, from] = parts.map(({ gained, fall }) => ratioInfluence(gained, fall));
  const influence = to.influence.map((v, i) => v - from.influence[i]);
  return influenceInterval(to.ratio - from.ratio, influence, larger.clusters);
}
