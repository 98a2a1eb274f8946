/** Own measurements of all studies for the pages: means over seeds with their intervals. */
import type { Measurement } from "../explorer/mod.ts";
import { type Interval, mean, meanInterval, tInterval } from "../stats/mod.ts";
import type { MeasuredStudy, Row } from "../table/mod.ts";

/**
 * One measurement for each network, config, memory and metric of each study, in the order of the rows. The
 * interval is over training seeds where there are several, else over the repeats of the one.
 */
export function measurementsOf(studies: readonly MeasuredStudy[]): readonly Measurement[] {
  return studies.flatMap(({ study, rows, settings }) =>
    [...Map.groupBy(rows, keyOf).values()].map((own): Measurement => {
      const [row] = own, { interval, count, varies } = spreadOf(own);
      return {
        space: row.space,
        network: row.arch_str,
        study,
        setting: settings[row.config_id] ?? row.config_id,
        protocol: row.protocol,
        memory: row.simulator === null ? "" : `${row.simulator} ${row.device}`,
        metric: row.metric,
        accuracy_pct: mean(own.map(({ accuracy_pct }) => accuracy_pct)),
        low_pct: interval?.low ?? null,
        high_pct: interval?.high ?? null,
        count,
        varies,
      };
    })
  );
}

const keyOf = ({ space, arch_str, config_id, protocol, simulator, device, metric }: Row) =>
  JSON.stringify([space, arch_str, config_id, protocol, simulator, device, metric]);

interface Repeated {
  readonly interval: Interval | null;
  readonly count: number;
  readonly varies: string;
}

/** Rows of one measurement differ by their seeds. */
function spreadOf(rows: readonly Row[]): Repeated {
  if (rows.length > 1) {
    const values = rows.map(({ accuracy_pct }) => accuracy_pct);
    return {
      interval: meanInterval(values, Int32Array.from(values.keys())),
      count: rows.length,
      varies: "training",
    };
  }
  const [{ accuracy_pct, accuracy_sd_pct, repeats, repeat_varies }] = rows;
  if (accuracy_sd_pct === null || repeats < 2) return { interval: null, count: 1, varies: "" };
  return {
    interval: tInterval(accuracy_pct, accuracy_sd_pct / Math.sqrt(repeats), repeats),
    count: repeats,
    varies: repeat_varies.replaceAll("_", " ").replaceAll("+", ", "),
  };
}
