/**
 * The memories of both simulators, as the cells of the replication were read out on them: the same weights on
 * the same test images, many programming events each.
 */
import type { SettingStudy } from "../../table/mod.ts";
import { type Metric, metricText, type Row } from "../../table/schema.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { familiarMetrics } from "./familiar_metrics.ts";
import type { CellAccuracies } from "../replication/replicated.ts";

/** Name of the setting under which the digital conditions were measured on the same images. */
const DIGITAL = "digital";
const CONDITIONS = ["noisy", "hwt"] as const;
export type AnalogCondition = (typeof CONDITIONS)[number];

/** Accuracies on a memory at one time. */
export interface Reading {
  readonly condition: AnalogCondition;
  /** Null before any programming. */
  readonly t_inference_s: number | null;
  readonly metric: Metric;
  /** Mean over the events, per cent, in the order of the memory's cells [n]. */
  readonly accuracy_pct: Float64Array;
  /** SD between programming events, points; 0 before programming [n]. */
  readonly sd_pct: Float64Array;
  /** Programming events behind each mean. */
  readonly events: number;
}

/** A memory of a simulator, and what the cells reach on it. */
export interface Memory extends CellAccuracies {
  readonly simulator: string;
  readonly device: string;
  /** Times that it was read at, ascending. */
  readonly times_s: readonly number[];
  /** Condition by condition, ascending in time, that before programming first. */
  readonly readings: readonly Reading[];
  /**
   * Its accuracies by the published metrics that they stand for, with `baseline` and `ptq` on the same images
   * where measured; see `familiarMetrics`.
   */
  readonly measured: CellAccuracies["measured"];
}

/** All memories, AIHWKit's first, each with the cells that were read on it. */
export function memoriesOf({ rows, settings }: SettingStudy): readonly Memory[] {
  const own = rows.filter(({ cell_index }) => cell_index !== null);
  const ofConfig = Map.groupBy(own, ({ config_id }) => config_id);
  const digital = settings.find(({ setting }) => setting === DIGITAL);
  const software = ofConfig.get(digital?.config_id ?? "") ?? [];
  return settings
    .filter(({ setting, config_id }) => setting !== DIGITAL && ofConfig.has(config_id))
    .toSorted((a, b) => a.setting.localeCompare(b.setting))
    .map(({ config_id }) => memoryOf(ofConfig.get(config_id)!, software));
}

/** A memory from its rows, over the cells that also have the digital conditions where any has. */
function memoryOf(rows: readonly Row[], software: readonly Row[]): Memory {
  const digital = Map.groupBy(software, ({ cell_index }) => cell_index!);
  const cells = Int32Array.from(new Set(rows.map(({ cell_index }) => cell_index!)))
    .filter((cell) => software.length === 0 || digital.has(cell)).sort();
  const [{ simulator, device }] = rows;
  const at = columnsOf(rows, cells), beside = columnsOf(software, cells);
  const times = [...new Set(rows.map((row) => row.t_inference_s))]
    .sort((a, b) => (a ?? -1) - (b ?? -1));
  const readings = CONDITIONS.flatMap((condition) =>
    times.map((t_inference_s): Reading => {
      const metric = metricText(condition, t_inference_s), found = at(metric);
      return {
        ...{ condition, t_inference_s, metric },
        accuracy_pct: Float64Array.from(found, (row) => row.accuracy_pct),
        sd_pct: Float64Array.from(found, (row) => row.accuracy_sd_pct ?? 0),
        events: found[0]?.repeats ?? 0,
      };
    })
  );
  const bases = new Set(software.map(({ metric }) => metric));
  const digitalAccuracies = Object.fromEntries([...bases].map((metric) => [
    metric,
    Float64Array.from(beside(metric), ({ accuracy_pct }) => accuracy_pct),
  ]));
  return {
    ...{ simulator: simulator!, device: device!, cells, readings },
    clusters: take(EXPRESSIONS, cells),
    times_s: times.filter((t) => t !== null),
    measured: { ...digitalAccuracies, ...familiarMetrics(simulator!, readings) },
  };
}

/** The rows of a metric, cell by cell. */
function columnsOf(rows: readonly Row[], cells: Int32Array): (metric: Metric) => readonly Row[] {
  const byKey = new Map(rows.map((row) => [`${row.cell_index} ${row.metric}`, row]));
  return (metric) => Array.from(cells, (cell) => byKey.get(`${cell} ${metric}`)!);
}

/** How far two times are apart on the logarithmic scale of drift, 1 s added. */
export const timesApart = (a_s: number, b_s: number): number =>
  Math.abs(Math.log1p(a_s) - Math.log1p(b_s));

/** The reading of a condition nearest in time to `t_s`. */
export function nearestReading(memory: Memory, condition: AnalogCondition, t_s: number): Reading {
  const apart = ({ t_inference_s }: Reading) => timesApart(t_inference_s!, t_s);
  return memory.readings
    .filter((reading) => reading.condition === condition && reading.t_inference_s !== null)
    .toSorted((a, b) => apart(a) - apart(b))[0];
}
