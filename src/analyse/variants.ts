/** What single settings do to trained cells: every value of a setting against the default, cell by cell. */
import type { Prng } from "../random.ts";
import { type ChangedSetting, metricOf, type VariantStudy } from "../table/mod.ts";
import type { Metric } from "../table/schema.ts";
import { bootstrapMeans, type Interval, percentileInterval } from "./bootstrap.ts";
import { kendallTauB } from "./rank.ts";

/** One metric under one value of a setting. */
export interface VariantEffect {
  readonly setting: ChangedSetting["setting"];
  readonly value: ChangedSetting["value"];
  readonly metric: Metric;
  /** Cells measured under this value and under the default. */
  readonly cells: number;
  /** Mean accuracy of the cells, per cent. */
  readonly mean_pct: number;
  /** Mean change from the default in percentage points; interval by bootstrap over cells. */
  readonly change: Interval;
  /** SD over repeats, mean over the cells; null for a single read-out. */
  readonly sd_pct: number | null;
  /** Tau-b between the cells' order under this value and under the default; null for fewer than 4. */
  readonly tau: number | null;
}

/** Effects of every value, the default's own (no change, tau 1) included, in the order of the settings. */
export function variantEffects(
  { rows, settings }: VariantStudy,
  metrics: readonly Metric[],
  random: Prng,
): readonly VariantEffect[] {
  const byKey = new Map(rows.map((row) => [
    `${row.config_id} ${metricOf(row)} ${row.cell_index} ${row.seed}`,
    row,
  ]));
  const cells = [...new Set(rows.map((row) => `${row.cell_index} ${row.seed}`))];
  const [reference] = settings;
  return settings.flatMap(({ setting, value, config_id }) =>
    metrics.flatMap((metric): VariantEffect[] => {
      const pairs = cells.flatMap((cell) => {
        const here = byKey.get(`${config_id} ${metric} ${cell}`);
        const base = byKey.get(`${reference.config_id} ${metric} ${cell}`);
        return here === undefined || base === undefined ? [] : [{ here, base }];
      });
      if (pairs.length === 0) return [];
      const x = pairs.map(({ here }) => here.accuracy_pct);
      const y = pairs.map(({ base }) => base.accuracy_pct);
      const changes = x.map((value, k) => value - y[k]);
      const [replicates] = bootstrapMeans([changes], [...changes.keys()], random);
      const sds = pairs.flatMap(({ here }) => here.accuracy_sd_pct ?? []);
      return [{
        setting,
        value,
        metric,
        cells: pairs.length,
        mean_pct: mean(x),
        change: percentileInterval(mean(changes), replicates),
        sd_pct: sds.length === 0 ? null : mean(sds),
        tau: pairs.length < 4 ? null : kendallTauB(x, y),
      }];
    })
  );
}

const mean = (x: readonly number[]) => x.reduce((sum, v) => sum + v, 0) / x.length;
