/** Numbers of this workspace's own measurements. */
import type { Interval } from "../../stats/mod.ts";
import type { Study } from "../study.ts";
import { type Entry, withInterval } from "./entry.ts";

/** Metrics whose rank differences between the sources are looked into. */
const DISAGREEING = ["baseline", "noisy@1d", "hwt@1d", "hwt@30d"] as const;

/** All numbers of the own measurements; none of a study that has too few cells to say anything. */
export function replicationValues(study: Study): readonly Entry[] {
  const values: Record<string, number | string> = {};
  const add = (key: string, interval: Interval) => {
    Object.assign(values, Object.fromEntries(withInterval(key, interval)));
  };
  const data = study.replication;
  values["replication.cells"] = data.cells.length;
  values["replication.seeded_cells"] = data.seededCells;
  if (data.cells.length >= 2) {
    values["replication.beyond_noise"] = list(study.beyondNoise);
    for (const a of study.agreements) {
      add(`replication.tau.${a.metric}`, a.tau);
      values[`replication.ceiling.${a.metric}`] = a.ceiling;
      values[`replication.mean.${a.metric}`] = a.measured_pct;
      values[`replication.published_mean.${a.metric}`] = a.published_pct;
    }
    for (const { outcome, ...pair } of study.costLevels) {
      for (const [source, interval] of Object.entries(pair)) {
        add(`replication.${source}.${outcome}`, interval);
      }
    }
    values["replication.moved.metrics"] = DISAGREEING.length;
    for (const metric of DISAGREEING) {
      const moved = study.disagreement(metric);
      values["replication.moved.features"] = moved.length;
      values[`replication.moved.${metric}`] = list(
        moved.filter(({ rho }) => rho.low > 0 || rho.high < 0).map(({ feature, rho }) =>
          `${rho.estimate > 0 ? "more" : "less"} ${feature.replaceAll("_", " ")}`
        ),
      );
      for (const { feature, rho } of moved) add(`replication.moved.${metric}.${feature}`, rho);
    }
  }
  for (const outcome of ["drift_drop.hwt", "drift_drop.noisy"] as const) {
    for (const { other, n, measured, published } of study.skipEffects(outcome)) {
      const key = `replication.skip_minus.${other}.${outcome}`;
      values[`${key}.n`] = n;
      add(`${key}.measured`, measured);
      add(`${key}.published`, published);
    }
  }
  for (const claim of study.replicatedClaims) {
    const key = `replication.claim.${claim.id}`;
    const tested = claim.criteria.filter(({ outcome }) => outcome !== "not tested");
    values[key] = claim.measured;
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
  const effects = {
    ablation: study.ablation,
    protocols: study.protocols,
    "protocols.whole": study.wholeProtocol,
  };
  for (const [name, changed] of Object.entries(effects)) {
    for (const effect of changed) {
      const key = `${name}.${effect.setting}.${effect.value}.${effect.metric}`;
      values[key] = effect.mean_pct;
      add(`${key}.change`, effect.change);
      if (effect.sd_pct !== null) values[`${key}.sd`] = effect.sd_pct;
      if (effect.tau !== null) add(`${key}.tau`, effect.tau);
      values[`${key}.n`] = effect.cells;
      values[`${name}.cells`] = Math.max(effect.cells, Number(values[`${name}.cells`] ?? 0));
    }
  }
  for (const { setting, reason } of study.measured.protocols.untested) {
    values[`protocols.untested.${setting}`] = reason;
  }
  return Object.entries(values);
}

const list = (words: readonly string[]) => words.length === 0 ? "none" : words.join(", ");
