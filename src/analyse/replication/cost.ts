/** What the whole space would cost at the published scale, from what measured units cost. */
import { median, quantile, sum } from "simple-statistics";
import { CELL_COUNT, cellAt, complexity, PUBLISHED_SKELETON } from "../../space/mod.ts";
import type { Spent, StudyUnits, UnitRecord } from "../../table/mod.ts";
import { CONNECTED } from "../table/features.ts";
import { mean } from "../../stats/mod.ts";
import type { Values } from "../values/values.ts";

/** The published protocol. Source: Bessalah et al. 2025 (arXiv 2506.18495) and its script. */
const PUBLISHED = { baseline: 200, qat: 20, hwt: 200, readOuts: 2 * 4 * 25 * 10_000 } as const;
/** Published upper bound: 15,625 cells at up to 6 GPU-hours each. */
const PUBLISHED_GPU_HOURS = 93_750;
const TRAIN_IMAGES = 50_000, BATCHES = 196, HOUR_S = 3_600, MILLION = 1e6;
/** Operations for each multiply-add of the forward pass: two, and twice as many in the backward pass. */
const OPERATIONS_PER_MAC = 6;
/** Assumed, not measured: what a data-centre GPU sustains on networks of this size, per second. */
const GPU_OPERATIONS_PER_S = 5e12;

/**
 * Core-hours and GPU-hours, of what was measured and of the whole space of NAS-Bench-201. An epoch has a
 * part that grows with the multiply-adds and one that does not; the line goes through two points, the median
 * unit and the anchor, the step that was timed alone. Epochs of QAT and HWT and the analog
 * read-outs keep their measured ratio to an epoch of the baseline.
 *
 * Throws where no unit of the replication under the published protocol is finished.
 */
export function costs(
  { units: { replication: { planned, finished }, ...others }, step_core_s }: Spent,
): Values {
  const units = finished.filter(({ config }) => config.protocol === "as_published");
  const of = (value: (unit: UnitRecord) => number) => median(units.map(value));
  const epoch = (stage: "qat" | "hwt") =>
    of(({ core_seconds, config }) => core_seconds[stage] / config[stage].epochs);
  const baseline = of((unit) => unit.core_seconds.baseline / unit.config.training.epochs);
  const [qat, hwt] = [epoch("qat"), epoch("hwt")], readOut = of(readOutSeconds);
  const macs = of(({ cell_index, config: { network: { channels, cellsPerStage } } }) =>
    complexity(cellAt(cell_index!), { channels: channels!, cellsPerStage: cellsPerStage! }).macs
  );
  const anchorMacs = complexity([2, 2, 2, 2, 2, 2], PUBLISHED_SKELETON).macs;
  const anchor = step_core_s * BATCHES, slope = (anchor - baseline) / (anchorMacs - macs);
  const meanMacs = mean(
    Array.from(CONNECTED, (i) => complexity(cellAt(i), PUBLISHED_SKELETON).macs),
  );
  const published = anchor - slope * (anchorMacs - meanMacs), growth = published / baseline;
  const hours = {
    baseline: PUBLISHED.baseline * published / HOUR_S,
    qat: PUBLISHED.qat * qat * growth / HOUR_S,
    hwt: PUBLISHED.hwt * hwt * growth / HOUR_S,
    read_outs: PUBLISHED.readOuts * readOut * growth / HOUR_S,
  };
  const cell = sum(Object.values(hours));
  const space = cell * CELL_COUNT;
  const core_operations_per_s = OPERATIONS_PER_MAC * anchorMacs * TRAIN_IMAGES / anchor;
  return {
    "cost.units.finished": finished.length,
    "cost.units.planned": planned,
    "cost.unit_core_s": of(whole),
    "cost.unit_core_s.quartile_1": quantile(units.map(whole), 0.25),
    "cost.unit_core_s.quartile_3": quantile(units.map(whole), 0.75),
    "cost.spent_core_hours": sum(finished.map(whole)) / HOUR_S,
    ...Object.assign({}, ...Object.entries(others).map(([name, units]) => spent(name, units))),
    "cost.small.channels": of(({ config }) => config.network.channels!),
    "cost.small.cells_per_stage": of(({ config }) => config.network.cellsPerStage!),
    "cost.small.epochs": of(({ config }) => config.training.epochs),
    "cost.small.qat_epochs": of(({ config }) => config.qat.epochs),
    "cost.small.hwt_epochs": of(({ config }) => config.hwt.epochs),
    "cost.small.macs_million": macs / MILLION,
    "cost.small.baseline_epoch_s": baseline,
    "cost.small.qat_epoch_s": qat,
    "cost.small.hwt_epoch_s": hwt,
    "cost.small.read_outs_per_core_s": 1 / readOut,
    "cost.anchor.macs_million": anchorMacs / MILLION,
    "cost.anchor.epoch_s": anchor,
    "cost.line.offset_s": anchor - slope * anchorMacs,
    "cost.line.slope_s_per_million_macs": slope * MILLION,
    "cost.published.times_deeper": PUBLISHED_SKELETON.cellsPerStage /
      of(({ config }) => config.network.cellsPerStage!),
    "cost.published.macs_million": meanMacs / MILLION,
    "cost.published.epoch_s": published,
    "cost.ratio.qat": qat / baseline,
    "cost.ratio.hwt": hwt / baseline,
    ...Object.fromEntries(
      Object.entries(hours).flatMap(([part, value]) => [
        [`cost.cell.${part}_core_hours`, value],
        [`cost.space.${part}_core_hours`, value * CELL_COUNT],
      ]),
    ),
    "cost.cell.core_hours": cell,
    "cost.space.core_hours": space,
    "cost.space.published_gpu_hours": PUBLISHED_GPU_HOURS,
    "cost.core_hours_per_published_gpu_hour": space / PUBLISHED_GPU_HOURS,
    "cost.core_gflop_per_s": core_operations_per_s / 1e9,
    "cost.gpu_tflop_per_s_assumed": GPU_OPERATIONS_PER_S / 1e12,
    "cost.space.gpu_hours": space * core_operations_per_s / GPU_OPERATIONS_PER_S,
    "cost.space.days_on_6400_cores": space / 6_400 / 24,
    "cost.space.years_on_2_cores": space / 2 / 24 / 365.25,
  };
}

const whole = ({ core_seconds }: UnitRecord) => sum(Object.values(core_seconds));

/** What a study took so far, and how much of its networks was on crossbars. */
function spent(study: string, { planned, finished }: StudyUnits): Values {
  const seconds = finished.map(whole), shares = finished.map((unit) => unit.analog_share_pct);
  return {
    [`cost.${study}.units`]: finished.length,
    [`cost.${study}.planned`]: planned,
    [`cost.${study}.core_hours`]: sum(seconds) / HOUR_S,
    // as much for each as those that are finished took on average: plans put their kinds of units side by side
    [`cost.${study}.core_hours_left`]: planned === finished.length
      ? 0
      : finished.length === 0
      ? "not known"
      : (planned - finished.length) * mean(seconds) / HOUR_S,
    ...finished.length > 0 && {
      [`cost.${study}.unit_core_s`]: median(seconds),
      [`cost.${study}.analog_share_pct.low`]: Math.min(...shares),
      [`cost.${study}.analog_share_pct.high`]: Math.max(...shares),
    },
  };
}

/** Processor seconds of one analog read-out of one image. */
function readOutSeconds({ core_seconds, config: { measurement } }: UnitRecord): number {
  const timed = Object.entries(core_seconds).filter(([stage]) => stage.includes("@"));
  const images = timed.length * measurement.repeats * measurement.testImages;
  return timed.reduce((sum, [, seconds]) => sum + seconds, 0) / images;
}
