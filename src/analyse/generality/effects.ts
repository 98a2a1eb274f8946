/** Every finding in every source, with the verdict of the whole family. */
import {
  ASKED,
  type Asked,
  type FindingId,
  FINDINGS,
  type GeneralityVerdict,
  generalityVerdict,
} from "../../contrast/mod.ts";
import {
  type Estimate,
  FEWEST_PLACES,
  holm,
  type Interval,
  intervalOf,
  onePlace,
  pAt,
  pOutside,
  type RandomEffects,
  randomEffects,
} from "../../stats/mod.ts";
import { type Evidence, hasFall } from "./estimates.ts";

/** A finding in a source. */
export interface Effect extends Asked {
  /**
   * `not asked`: the design says why; `no fall`: untouched weights lose so little that there is nothing to close or
   * to miss; `no pairs`: networks are measured, and no two of them differ in what is asked; `too few`: measured,
   * but fewer than the design wants.
   */
  readonly state: "measured" | "too few" | "no fall" | "no pairs" | "not measured" | "not asked";
  /** Networks, pairs or strata. */
  readonly n: number;
  readonly estimate: Estimate | null;
  /** 95 %, not corrected; null where there is no finite one. */
  readonly interval: Interval | null;
  /** Corrected for the whole family; 1 where not measured. */
  readonly p_reference: number;
  readonly p_band: number;
  /** Null where nothing is measured. */
  readonly verdict: GeneralityVerdict | null;
}

/** All findings in all sources; `evidence` gives what the networks say. */
export function effectsOf(evidence: (asked: Asked) => Evidence): readonly Effect[] {
  const found = ASKED.map((asked) => ({ asked, given: evidence(asked) }));
  const states = found.map(({ asked, given }) => stateOf(asked, given));
  const family = [...found.keys()].filter((k) => ASKED[k].design.kind !== "none");
  const raw = family.flatMap((k): [number, number] => {
    const { asked: { finding: { reference, margin } }, given: { estimate } } = found[k];
    if (states[k] !== "measured" || estimate === null) return [1, 1];
    return [pAt(estimate, reference), pOutside(estimate, reference, margin)];
  });
  const corrected = holm(raw);
  return found.map(({ asked, given: { estimate, n } }, k) => {
    const place = family.indexOf(k), state = states[k];
    const [p_reference, p_band] = place < 0 ? [1, 1] : corrected.slice(2 * place, 2 * place + 2);
    const isMeasured = state === "measured" || state === "too few";
    return {
      ...asked,
      state,
      n,
      estimate,
      interval: estimate === null || estimate.evidence < 2 ? null : intervalOf(estimate),
      p_reference,
      p_band,
      verdict: isMeasured ? verdictOf(asked, estimate!, n, p_reference, p_band) : null,
    };
  });
}

function stateOf({ design }: Asked, given: Evidence): Effect["state"] {
  if (design.kind === "none") return "not asked";
  if (given.n === 0) return given.isUnpaired ? "no pairs" : "not measured";
  if (!hasFall(given)) return "no fall";
  return given.n < design.fewest ? "too few" : "measured";
}

function verdictOf(
  { finding, design }: Asked,
  { estimate }: Estimate,
  n: number,
  p_reference: number,
  p_band: number,
): GeneralityVerdict {
  const { fewest } = design as { fewest: number };
  return generalityVerdict(finding, { estimate, p_reference, p_band, n, fewest });
}

/** What all spaces say together of a finding. */
export interface FindingSummary {
  readonly finding: FindingId;
  /** Null where fewer than three spaces have measured it. */
  readonly summary: RandomEffects | null;
}

/**
 * Random effects over the spaces, the places that a finding may or may not carry over to. Two studies of one
 * space tell nothing of how spaces differ: what the published table and NAS-Bench-201 trained here say is combined
 * first, with the variance between the two, and enters once. (Borenstein et al. 2009, Introduction to
 * Meta-Analysis, chapter 23: independent groups within one study.) Devices take no part: they share their networks, so that they
 * are no independent evidence. The table that the findings were made on is in the mean, which is no test of them.
 */
export function summariesOf(effects: readonly Effect[]): readonly FindingSummary[] {
  return FINDINGS.map(({ id }) => {
    const studies = effects.filter(({ finding, source, state, estimate }) =>
      finding.id === id && source.kind === "space" && state === "measured" &&
      estimate!.evidence > 1 && estimate!.error > 0
    );
    const spaces = [...Map.groupBy(studies, ({ source }) => source.space).values()].map((own) =>
      onePlace(own.map((e) => e.estimate!.estimate), own.map((e) => e.estimate!.error))
    );
    return {
      finding: id,
      summary: spaces.length < FEWEST_PLACES
        ? null
        : randomEffects(spaces.map((p) => p.estimate), spaces.map((p) => p.error)),
    };
  });
}
