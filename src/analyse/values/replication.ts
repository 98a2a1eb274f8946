/** Numbers of this workspace's own measurements, for paper/values.json. */
import { prng } from "../../random.ts";
import type { Benchmark, Measured } from "../../table/mod.ts";
import { METRICS } from "../../table/schema.ts";
import type { Interval } from "../../stats/mod.ts";
import { claims } from "../claims/claims.ts";
import { ownClaims } from "../replication/own_claims.ts";
import { protocolStudy } from "../replication/whole_protocol.ts";
import { agreement, replicated, skipPairs } from "../replication/replicated.ts";
import { LARGER_SCALES, scaleStudy } from "../replication/scale_study.ts";
import { COSTS, disagreement, levelPairs, skipEffects } from "../replication/side_by_side.ts";
import { withInterval } from "./entry.ts";
import { variantEffects } from "../replication/setting_effects.ts";

/** Metrics whose rank differences between the sources are looked into. */
const DISAGREEING = ["baseline", "noisy@1d", "hwt@1d", "hwt@30d"] as const;

/** All numbers of the own measurements; none of a study that has too few cells to say anything. */
export function measuredValues(
  benchmark: Benchmark,
  { replication, scale, ablation, protocols }: Measured,
  seed = 0,
): Readonly<Record<string, number | string>> {
  const values: Record<string, number | string> = {};
  const add = (key: string, interval: Interval) => {
    const bounded = Number.isFinite(interval.low) && Number.isFinite(interval.high);
    const entries = withInterval(key, interval);
    Object.assign(values, Object.fromEntries(bounded ? entries : entries.slice(0, 1)));
  };
  const data = replicated(replication, benchmark);
  values["replication.cells"] = data.cells.length;
  values["replication.seeded_cells"] = data.seededCells;
  if (data.cells.length >= 2) {
    const agreements = agreement(data, benchmark, prng(seed, "replication"));
    values["replication.beyond_noise"] = list(
      agreements.filter(({ tau, ceiling }) => tau.high < ceiling).map(({ metric }) => metric),
    );
    for (const a of agreements) {
      add(`replication.tau.${a.metric}`, a.tau);
      values[`replication.ceiling.${a.metric}`] = a.ceiling;
      values[`replication.mean.${a.metric}`] = a.measured_pct;
      values[`replication.published_mean.${a.metric}`] = a.published_pct;
    }
    for (const { outcome, ...pair } of levelPairs(data, COSTS, prng(seed, "levels"))) {
      for (const [source, interval] of Object.entries(pair)) {
        add(`replication.${source}.${outcome}`, interval);
      }
    }
    for (const metric of DISAGREEING) {
      const moved = disagreement(data, metric, prng(seed, `moved ${metric}`));
      values[`replication.moved.${metric}`] = list(
        moved.filter(({ rho }) => rho.low > 0 || rho.high < 0).map(({ feature, rho }) =>
          `${rho.estimate > 0 ? "more" : "less"} ${feature.replaceAll("_", " ")}`
        ),
      );
      for (const { feature, rho } of moved) add(`replication.moved.${metric}.${feature}`, rho);
    }
  }
  for (const outcome of ["drift_drop.hwt", "drift_drop.noisy"] as const) {
    for (const { other, n, measured, published } of skipEffects(skipPairs(data, outcome))) {
      const key = `replication.skip_minus.${other}.${outcome}`;
      values[`${key}.n`] = n;
      add(`${key}.measured`, measured);
      add(`${key}.published`, published);
    }
  }
  for (const claim of ownClaims(claims(benchmark, seed), data, prng(seed, "own claims"))) {
    const key = `replication.claim.${claim.id}`;
    const tested = claim.criteria.filter(({ outcome }) => outcome !== "not tested");
    values[key] = claim.own;
    values[`${key}.criteria`] = claim.criteria.length;
    values[`${key}.tested`] = tested.length;
    values[`${key}.met`] = tested.filter(({ outcome }) => outcome === "met").length;
    values[`${key}.n`] = Math.max(0, ...tested.map(({ n }) => n));
    const untested = claim.criteria.find(({ outcome }) => outcome === "not tested");
    values[`${key}.reason`] = untested?.reason ?? "";
    for (const { id, outcome, effect } of claim.criteria) {
      values[`${key}.${id}`] = outcome;
      if (effect !== null) add(`${key}.${id}.effect`, effect);
    }
  }
  const { cells, levels } = scaleStudy(replication, scale, benchmark);
  values["scale.cells"] = cells.length;
  for (const larger of LARGER_SCALES) {
    for (const direction of ["nearer", "farther"] as const) {
      const moved = levels.filter((level) => level.direction[larger] === direction);
      values[`scale.${larger}.${direction}`] = list(moved.map(({ outcome }) => outcome));
    }
  }
  for (const { outcome, change, mean } of levels) {
    for (const [source, level] of Object.entries(mean)) {
      values[`scale.${source}.${outcome}`] = level;
    }
    for (const larger of LARGER_SCALES) add(`scale.${larger}.${outcome}.change`, change[larger]);
  }
  const studies = { ablation, protocols, "protocols.whole": protocolStudy(replication) };
  for (const [name, study] of Object.entries(studies)) {
    for (const effect of variantEffects(study, METRICS, prng(seed, name))) {
      const key = `${name}.${effect.setting}.${effect.value}.${effect.metric}`;
      values[key] = effect.mean_pct;
      add(`${key}.change`, effect.change);
      if (effect.sd_pct !== null) values[`${key}.sd`] = effect.sd_pct;
      if (effect.tau !== null) values[`${key}.tau`] = effect.tau;
      values[`${key}.n`] = effect.cells;
      values[`${name}.cells`] = Math.max(effect.cells, Number(values[`${name}.cells`] ?? 0));
    }
  }
  for (const { setting, reason } of protocols.untested) {
    values[`protocols.untested.${setting}`] = reason;
  }
  return values;
}

const list = (words: readonly string[]) => words.length === 0 ? "none" : words.join(", ");
