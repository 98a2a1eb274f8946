/**
 * Measurements of the table that contradict another one, found by rule. They are listed and counted,
 * and no analysis drops them: whoever distrusts them can.
 */
import { CELL_COUNT, cellAt, cellText } from "../../space/mod.ts";
import { type Metric, metricParts, overTime, PUBLISHED_METRICS } from "../../table/schema.ts";
import type { Benchmark } from "../../table/mod.ts";
import { CONNECTED } from "./features.ts";
import { repeatedClasses } from "./noise_floor.ts";

/** What the measurement does that it should not. Points are percentage points. */
export const CONTRADICTION_RULES = {
  untimed_below_60s:
    "Accuracy without a time, read before any programming, is below that at 60 s by " +
    "more than 1 point and 3 published SDs, although programming only adds noise.",
  rises_with_time:
    "Accuracy rises from one inference time to the next by more than 1 point and 3 " +
    "standard errors of the difference of two means of 25 read-outs, although drift only takes.",
  above_baseline: "Accuracy on analog hardware is more than 1 point above full precision.",
  hwt_below_noisy:
    "Hardware-aware training leaves the cell more than 5 points below the untouched " +
    "digital weights on the same hardware.",
  copy_collapsed: "Accuracy is more than 20 points below a copy's, under a condition whose " +
    "copies else differ by about one point: training failed.",
  disconnected_not_at_chance:
    "The output does not depend on the input, yet accuracy is more than 1 " +
    "point off 10 %.",
  unrounded:
    "The value has more than the two decimals that the authors rounded read-outs to: it was " +
    "made in another way than the rest.",
} as const;

export type ContradictionRule = keyof typeof CONTRADICTION_RULES;

/** A measurement and what contradicts it. */
export interface Contradiction {
  readonly rule: ContradictionRule;
  readonly cell_index: number;
  /** Published tuple, as text. */
  readonly cell: string;
  readonly metric: Metric;
  readonly accuracy_pct: number;
  /** What it is held against; for `unrounded` the value as it should read. */
  readonly against: Metric | "chance" | "copy" | "two decimals";
  readonly against_pct: number;
}

const READOUTS = 25;
const CHANCE_PCT = 10;

/** All contradictions, by rule in the order of `CONTRADICTION_RULES`, then by metric and cell. */
export function contradictions(benchmark: Benchmark): readonly Contradiction[] {
  const y = (metric: Metric) => benchmark.accuracy(metric);
  const ofCondition = Map.groupBy(benchmark.metrics, (metric) => metricParts(metric).condition);
  const drifting = overTime(benchmark.metrics);
  // what drifts is on crossbars: a condition that was measured at a time
  const onHardware = [...ofCondition].filter(([condition]) => drifting.has(condition));
  const rules: Record<ContradictionRule, () => Contradiction[]> = {
    untimed_below_60s: () =>
      onHardware.flatMap(([condition, metrics]) => {
        const timed = `${condition}@60s`;
        const sd = metrics.includes(condition) && metrics.includes(timed) && benchmark.sd(timed);
        if (!sd) return [];
        return compare("untimed_below_60s", condition, timed, (untimed, later, i) =>
          later - untimed > Math.max(1, 3 * sd[i]));
      }),
    rises_with_time: () =>
      [...drifting.values()].flatMap((timed) =>
        timed.slice(1).flatMap(({ metric: late }, k) => {
          const early = timed[k].metric;
          const lateSd = benchmark.sd(late), earlySd = benchmark.sd(early);
          if (lateSd === null || earlySd === null) return [];
          return compare("rises_with_time", late, early, (later, earlier, i) => {
            const error = Math.hypot(lateSd[i], earlySd[i]) / Math.sqrt(READOUTS);
            return later - earlier > Math.max(1, 3 * error);
          });
        })
      ),
    above_baseline: () =>
      onHardware.flatMap(([, metrics]) =>
        metrics.flatMap((metric) =>
          compare("above_baseline", metric, "baseline", (analog, digital) => analog - digital > 1)
        )
      ),
    hwt_below_noisy: () =>
      (ofCondition.get("hwt") ?? []).flatMap((trained) => {
        const untouched = trained.replace("hwt", "noisy");
        return benchmark.metrics.includes(untouched)
          ? compare("hwt_below_noisy", trained, untouched, (hwt, noisy) => noisy - hwt > 5)
          : [];
      }),
    copy_collapsed: () =>
      (["baseline", "ptq", "qat", "hwt"] as const).flatMap((metric) => {
        const values = y(metric);
        return repeatedClasses().flatMap((copies) => {
          const best = copies.reduce((max, i) => Math.max(max, values[i]), 0);
          return [...copies].filter((i) => best - values[i] > 20)
            .map((i) => entry("copy_collapsed", i, metric, "copy", best));
        });
      }),
    disconnected_not_at_chance: () => {
      const connected = new Set(CONNECTED);
      return benchmark.metrics.flatMap((metric) =>
        cellsWhere((i) => !connected.has(i) && Math.abs(y(metric)[i] - CHANCE_PCT) > 1)
          .map((i) => entry("disconnected_not_at_chance", i, metric, "chance", CHANCE_PCT))
      );
    },
    // how the authors rounded says nothing of metrics that are not theirs
    unrounded: () =>
      PUBLISHED_METRICS.filter((metric) => metric.includes("@")).flatMap((metric) => {
        const rounded = (i: number) => Math.round(100 * y(metric)[i]) / 100;
        return cellsWhere((i) => Math.abs(y(metric)[i] - rounded(i)) > 1e-6)
          .map((i) => entry("unrounded", i, metric, "two decimals", rounded(i)));
      }),
  };
  return Object.values(rules).flatMap((find) => find());

  function entry(
    rule: ContradictionRule,
    i: number,
    metric: Metric,
    against: Contradiction["against"],
    against_pct: number,
  ): Contradiction {
    const cell = cellText(cellAt(i)), accuracy_pct = y(metric)[i];
    return { rule, cell_index: i, cell, metric, accuracy_pct, against, against_pct };
  }

  /** The cells whose `metric` contradicts `against`, as `isOdd(value, other value, cell)` says. */
  function compare(
    rule: ContradictionRule,
    metric: Metric,
    against: Metric,
    isOdd: (value: number, other: number, i: number) => boolean,
  ): Contradiction[] {
    return cellsWhere((i) => isOdd(y(metric)[i], y(against)[i], i))
      .map((i) => entry(rule, i, metric, against, y(against)[i]));
  }
}

function cellsWhere(holds: (i: number) => boolean): number[] {
  return Array.from({ length: CELL_COUNT }, (_, i) => i).filter(holds);
}
