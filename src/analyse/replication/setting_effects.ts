/**
 * What single settings do to trained cells: every value of a setting against the default, or against the
 * setting that it names, cell by cell.
 */
import { type ChangedSetting, type SettingStudy } from "../../table/mod.ts";
import { inOrder, type Metric } from "../../table/schema.ts";
import { type Interval, mean, meanInterval } from "../../stats/mod.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { tauOverCells } from "./agreement.ts";

/** One metric under one value of a setting. */
export interface SettingEffect {
  readonly setting: ChangedSetting["setting"];
  readonly value: ChangedSetting["value"];
  readonly metric: Metric;
  /** The device model was used outside the conductances that it was fitted to. */
  readonly extrapolated: boolean;
  /** Cells, once for each seed, measured under this value and under what it is compared with. */
  readonly cells: number;
  /** Mean accuracy of the cells, per cent. */
  readonly mean_pct: number;
  /** Mean change in percentage points from what it is compared with; interval by expression of the cells. */
  readonly change: Interval;
  /** SD over repeats, mean over the cells; null for a single read-out. */
  readonly sd_pct: number | null;
  /** Change of that SD in percentage points, with its interval; null for a single read-out. */
  readonly sdChange: Interval | null;
  /**
   * Tau-b between the cells' order here and in what it is compared with; its interval is all of -1..1 for
   * cells of fewer expressions than `EVIDENCE_FOR_INTERVAL`. Null for fewer than 4 cells.
   */
  readonly tau: Interval | null;
}

/**
 * Effects of every value, the default's own (no change, tau 1) included, in the order of the settings and,
 * within each, of the metrics that were measured.
 */
export function settingEffects(
  { rows, settings }: Pick<SettingStudy, "rows" | "settings">,
): readonly SettingEffect[] {
  const byKey = new Map(rows.map((row) => [
    `${row.config_id} ${row.metric} ${row.arch_str} ${row.seed}`,
    row,
  ]));
  const metrics = inOrder(rows.map(({ metric }) => metric));
  const cells = [...new Set(rows.map((row) => `${row.arch_str} ${row.seed}`))];
  const [reference] = settings;
  return settings.flatMap((
    { setting, value, config_id, against = reference.config_id, extrapolated = false },
  ) =>
    metrics.flatMap((metric): SettingEffect[] => {
      const pairs = cells.flatMap((cell) => {
        const here = byKey.get(`${config_id} ${metric} ${cell}`);
        const base = byKey.get(`${against} ${metric} ${cell}`);
        return here === undefined || base === undefined ? [] : [{ here, base }];
      });
      if (pairs.length === 0) return [];
      const x = pairs.map(({ here }) => here.accuracy_pct);
      const y = pairs.map(({ base }) => base.accuracy_pct);
      const changes = x.map((value, k) => value - y[k]);
      const clusters = pairs.map(({ here }) => EXPRESSIONS[here.cell_index!]);
      const sds = pairs.flatMap(({ here }) => here.accuracy_sd_pct ?? []);
      const withSds = pairs.keys().filter((k) =>
        pairs[k].here.accuracy_sd_pct !== null && pairs[k].base.accuracy_sd_pct !== null
      ).toArray();
      const sdChanges = withSds.map((k) =>
        pairs[k].here.accuracy_sd_pct! - pairs[k].base.accuracy_sd_pct!
      );
      return [{
        setting,
        value,
        metric,
        extrapolated,
        cells: pairs.length,
        mean_pct: mean(x),
        change: meanInterval(changes, clusters),
        sd_pct: sds.length === 0 ? null : mean(sds),
        sdChange: sdChanges.length === 0
          ? null
          : meanInterval(sdChanges, withSds.map((k) => clusters[k])),
        tau: pairs.length < 4 ? null : tauOverCells(x, y, clusters),
      }];
    })
  );
}
