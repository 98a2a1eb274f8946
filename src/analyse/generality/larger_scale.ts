/**
 * Are the shares of the fall a matter of short training and shallow networks? The same cells at the replication's
 * scale, trained longer, as deeper networks, and as published. Exploratory: asked after the rows were there, so that
 * it stands outside the family of tests and its intervals are not corrected. Six cells form hardly a pair that
 * differs in one operation, so that matched findings cannot be asked of them.
 */
import { ASKED, type Asked, type FindingId } from "../../contrast/mod.ts";
import {
  influenceInterval,
  type Interval,
  intervalOf,
  mean,
  position,
  ratioEstimate,
} from "../../stats/mod.ts";
import { LARGER_SCALES, type LargerScale } from "../replication/scale_study.ts";
import type { Study } from "../study.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { evidenceOf, hasFall, shareParts } from "./estimates.ts";
import { networksAtScales, type Scale } from "./networks.ts";

/** A share of the mean fall from `baseline` to `noisy` after a day, over the same cells at every scale. */
export interface ScaledShare {
  readonly finding: FindingId;
  readonly name: string;
  readonly at: Readonly<
    Record<Scale, {
      /** Mean fall, points. */
      readonly fall: number;
      /** Null where there is no fall to be shared. */
      readonly share: Interval | null;
      /** By the interval and the finding's reference. */
      readonly reading: "holds" | "contradicted" | "open" | "no fall";
    }>
  >;
  /** Share at the larger scale less that at the replication's; null where either has no fall. */
  readonly change: Readonly<Record<LargerScale, Interval | null>>;
}

/** What the larger scales say of the findings. */
export interface LargerScaleFindings {
  /** In the order of the findings; none where nothing is measured at every scale. */
  readonly shares: readonly ScaledShare[];
  /** Pairs of the matched findings that these cells form, by finding, and how many are an answer. */
  readonly pairs: readonly {
    readonly finding: FindingId;
    readonly n: number;
    readonly fewest: number;
  }[];
}

/** The findings that can be asked of cells measured at several scales, over those that have every metric. */
export function largerScaleFindings(study: Study): LargerScaleFindings {
  const { cells } = study.scale;
  if (cells.length === 0) return { shares: [], pairs: [] };
  const networks = networksAtScales(study);
  const own = ASKED.filter(({ source }) => source.id === "own");
  const clusters = Array.from(cells, (cell) => EXPRESSIONS[cell]);
  const shares = own.filter(({ design }) => design.kind === "networks").map(
    (asked): ScaledShare => {
      const columns = (scale: Scale) => {
        const { first, gained, fall } = shareParts(networks[scale], asked.finding, asked.source);
        const places = new Map(first.map((i, k) => [networks[scale].cells[i], k]));
        const of = (values: Float64Array) =>
          Float64Array.from(cells, (cell) => values[places.get(cell)!]);
        return { gained: of(gained), fall: of(fall) };
      };
      const parts = {
        replication: columns("replication"),
        longer: columns("longer"),
        deeper: columns("deeper"),
        published: columns("published"),
      };
      return {
        finding: asked.finding.id,
        name: asked.finding.name,
        at: {
          replication: shareOf(parts.replication, clusters, asked),
          longer: shareOf(parts.longer, clusters, asked),
          deeper: shareOf(parts.deeper, clusters, asked),
          published: shareOf(parts.published, clusters, asked),
        },
        change: {
          longer: changeOf(parts.longer, parts.replication, clusters),
          deeper: changeOf(parts.deeper, parts.replication, clusters),
        },
      };
    },
  );
  const pairs = own.flatMap((asked) =>
    asked.design.kind !== "swap" ? [] : [{
      finding: asked.finding.id,
      n: Math.min(
        ...LARGER_SCALES.map((scale) => evidenceOf(asked, networks[scale], null).n),
      ),
      fewest: asked.design.fewest,
    }]
  );
  return { shares, pairs };
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
): ScaledShare["at"][Scale] {
  const given = { fall: mean(fall) };
  if (!hasFall(given)) return { ...given, share: null, reading: "no fall" };
  const share = intervalOf(ratioEstimate(gained, fall, clusters));
  const side = position(share, finding.reference);
  const reading = side === "across" ? "open" : side === finding.side ? "holds" : "contradicted";
  return { ...given, share, reading };
}

/** Difference of two shares of the same cells: what a cell adds to the one error it takes from the other. */
function changeOf(larger: Parts, smaller: Parts, clusters: readonly number[]): Interval | null {
  if (![larger, smaller].every(({ fall }) => hasFall({ fall: mean(fall) }))) return null;
  const [to, from] = [larger, smaller].map(({ gained, fall }) => {
    const scale = mean(fall), ratio = mean(gained) / scale;
    return { ratio, influence: gained.map((v, i) => (v - ratio * fall[i]) / scale) };
  });
  const influence = to.influence.map((v, i) => v - from.influence[i]);
  return influenceInterval(to.ratio - from.ratio, influence, clusters);
}
