/**
 * The claims of the published study put to the cells measured here, by the same criteria: each claim has
 * a second verdict, and each criterion that these cells cannot speak to says why.
 */
import type { Metric } from "../../table/schema.ts";
import { type Claim, type Criterion, criterion, type Verdict } from "../claims/claim.ts";
import type { ClaimId } from "../claims/claims.ts";
import { COLLAPSE_SWAP, LEARNED } from "../claims/collapse.ts";
import { DRIFT_SWAPS } from "../claims/drift.ts";
import { GAP_TIMES, hardwareAwareCriteria, SMALLEST_GAP } from "../claims/hardware_aware.ts";
import { OPERATION_SWAPS } from "../claims/operations.ts";
import { quantizationCriteria, QUANTIZED } from "../claims/quantization.ts";
import { type Swap, swapCriterion } from "../claims/swap.ts";
import { metricsOf } from "../table/outcome.ts";
import { COMPETENT_BASELINE } from "../table/robust_cells.ts";
import { matchedChanges, meanChange } from "./matched_pairs.ts";
import {
  type Accuracies,
  carryInterval,
  type CellAccuracies,
  EVIDENCE_FOR_INTERVAL,
} from "./replicated.ts";
import { familyInterval } from "../../stats/mod.ts";

/** A criterion of the published claim, put to the cells measured here. */
export interface ReplicatedCriterion extends Pick<Criterion, "id" | "text" | "unit"> {
  readonly outcome: "met" | "contradicted" | "open" | "not tested";
  /** Null where not tested. */
  readonly effect: Criterion["effect"] | null;
  /** Cells, or matched pairs of cells, behind it; 0 where not tested. */
  readonly n: number;
  /** Why it is not tested; empty where it is. */
  readonly reason: string;
}

/** A claim with both verdicts. */
export interface ReplicatedClaim extends Pick<Claim, "id" | "statement"> {
  /** On the published table. */
  readonly published: Verdict;
  /**
   * On the cells measured here. Not tested: no criterion could be; open: none is met, and at least one
   * interval lies on both sides; supported: all are met, so that one that could not be tested makes it
   * supported in part; not supported: none is met of those that were tested.
   */
  readonly measured: Verdict | "open" | "not tested";
  /** In the order of the published claim. */
  readonly criteria: readonly ReplicatedCriterion[];
}

/** A criterion judged, or the reason why not. */
type Evidence = Judged | string;
interface Judged {
  readonly criterion: Criterion;
  /** Cells or pairs. */
  readonly n: number;
  /** What of them is independent: expressions. */
  readonly evidence: number;
}

/** Fewer matched pairs than this give no interval. */
const ENOUGH_PAIRS = 4;

type Test = (data: CellAccuracies) => (criterion: Criterion) => Evidence;

/** Why accuracies cannot answer: those that are not measured; null where all are. */
function lacking(measured: Accuracies, metrics: readonly Metric[]): string | null {
  const missing = metrics.filter((metric) => measured[metric] === undefined);
  return missing.length === 0 ? null : `${missing.join(", ")} not measured`;
}

const everyPlace = ({ cells }: CellAccuracies) => [...cells.keys()];

/** Criteria over all measured cells. */
const overCells = (
  criteria: (data: CellAccuracies) => readonly Criterion[],
  population: (data: CellAccuracies, criterion: Criterion) => readonly number[] = everyPlace,
): Test =>
(data) => {
  const judged = new Map(
    carryInterval(data.clusters) ? criteria(data).map((c) => [c.id, c]) : [],
  );
  return (criterion) => {
    const places = population(data, criterion), n = places.length;
    const evidence = new Set(places.map((k) => data.clusters[k])).size;
    const own = judged.get(criterion.id);
    if (evidence < EVIDENCE_FOR_INTERVAL) {
      return `${n} cells here can be asked, ${evidence} of them independent by expression; ` +
        `an interval wants ${EVIDENCE_FOR_INTERVAL}`;
    }
    return own === undefined
      ? "its conditions or times are not measured"
      : { criterion: own, n, evidence };
  };
};

/** Criteria on swaps, over the matched pairs among the measured cells; the others for `rest`. */
const overPairs =
  (swaps: readonly Swap[], rest: (data: CellAccuracies) => string = () => ""): Test =>
  (data) =>
  (criterion) => {
    const swap = swaps.find(({ id }) => id === criterion.id);
    if (swap === undefined) return rest(data);
    const reason = lacking(data.measured, metricsOf(swap.outcome));
    if (reason !== null) return reason;
    const changes = matchedChanges(data, swap.outcome, swap.operation, swap.other);
    const n = changes.length;
    if (n < ENOUGH_PAIRS) return `${n} matched pairs here, an interval wants ${ENOUGH_PAIRS}`;
    const { estimate, low, high, evidence } = meanChange(changes);
    return { criterion: swapCriterion(swap, { estimate, low, high }), n, evidence };
  };

const above = ({ measured: { baseline }, cells }: CellAccuracies, accuracy_pct: number) =>
  baseline === undefined
    ? "baseline not measured"
    : `${baseline.filter((value) => value > accuracy_pct).length} of ${cells.length} cells here ` +
      `exceed ${accuracy_pct} % on the baseline`;

const TESTS: Readonly<Record<ClaimId, Test>> = {
  quantization_misses_noise: overCells(({ measured, clusters }) => {
    if (lacking(measured, ["baseline", "noisy"]) !== null) return [];
    const quantized = QUANTIZED.filter((condition) => measured[condition] !== undefined);
    return quantizationCriteria((metric) => measured[metric]!, clusters, quantized);
  }),
  hwt_closes_gap: overCells(
    ({ measured, clusters }) => {
      if (lacking(measured, ["baseline", "noisy", "hwt"]) !== null) return [];
      const times = GAP_TIMES.filter(([, noisy, hwt]) => lacking(measured, [noisy, hwt]) === null);
      return hardwareAwareCriteria((metric) => measured[metric]!, clusters, times);
    },
    (data, { id }) => {
      const { measured: { baseline, noisy } } = data, all = everyPlace(data);
      if (id !== "cells" || baseline === undefined || noisy === undefined) return all;
      return all.filter((k) => baseline[k] - noisy[k] > SMALLEST_GAP);
    },
  ),
  robust_wider_branched: (data) => () =>
    `it compares tenths of the cells above ${COMPETENT_BASELINE} %: ${
      above(data, COMPETENT_BASELINE)
    }`,
  "3x3_and_skip_help": overPairs(OPERATION_SWAPS),
  "1x1_heavy_collapse": overPairs([COLLAPSE_SWAP], (data) => above(data, LEARNED)),
  skips_slow_drift: overPairs(DRIFT_SWAPS),
  robust_differ_from_digital: (data) => ({ id }) =>
    id === "tau_above_90"
      ? above(data, COMPETENT_BASELINE)
      : `it compares the 100 best cells: ${data.cells.length} are measured here`,
};

/**
 * `published` with a second verdict each, from the cells measured here.
 *
 * @param family how many such lists are judged together: the intervals of one criterion then hold in all of
 * them at once with 95 % (Bonferroni)
 */
export function replicatedClaims(
  published: readonly Claim[],
  data: CellAccuracies,
  family = 1,
): readonly ReplicatedClaim[] {
  return published.map(({ id, statement, verdict, criteria }) => {
    const test = TESTS[id as ClaimId](data);
    const own = criteria.map((criterion) => put(criterion, inFamily(test(criterion), family)));
    return { id, statement, published: verdict, measured: verdictOf(own), criteria: own };
  });
}

/** `evidence` judged by the wider interval of a family of tests. */
function inFamily(evidence: Evidence, family: number): Evidence {
  if (typeof evidence === "string" || family === 1) return evidence;
  const { criterion: { id, text, unit, effect, side, bound } } = evidence;
  const wider = familyInterval(effect, evidence.evidence, family);
  return { ...evidence, criterion: criterion(id, text, unit, wider, side, bound) };
}

function put({ id, text, unit }: Criterion, evidence: Evidence): ReplicatedCriterion {
  if (typeof evidence === "string") {
    return { id, text, unit, outcome: "not tested", effect: null, n: 0, reason: evidence };
  }
  const { n, criterion: { effect, met, contradicted } } = evidence;
  const outcome = met ? "met" : contradicted ? "contradicted" : "open";
  return { id, text, unit, outcome, effect, n, reason: "" };
}

function verdictOf(criteria: readonly ReplicatedCriterion[]): ReplicatedClaim["measured"] {
  const tested = criteria.filter(({ outcome }) => outcome !== "not tested");
  const count = (outcome: ReplicatedCriterion["outcome"]) =>
    tested.filter((criterion) => criterion.outcome === outcome).length;
  if (tested.length === 0) return "not tested";
  if (count("met") === criteria.length) return "supported";
  if (count("met") > 0) return "supported in part";
  return count("open") > 0 ? "open" : "not supported";
}
