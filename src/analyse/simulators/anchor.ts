/** What the network of `ANCHOR` loses over a day on simulated phase-change memory, and what the chip lost. */
import { ANCHOR } from "../../contrast/mod.ts";
import { type Interval, tInterval } from "../../stats/mod.ts";
import type { PlannedRun } from "../../table/mod.ts";
import { metricText, type Row } from "../../table/schema.ts";

/** What was measured on hardware, with the most that it lost within a day: both accuracies are known to a tenth. */
export const CHIP = {
  ...ANCHOR,
  loss_points: Math.round(10 * (ANCHOR.programmed_pct - ANCHOR.lowestOverADay_pct)) / 10,
} as const;

/** An accuracy at one time, and what it is below that at the first time. */
export interface AnchorReading {
  readonly t_inference_s: number;
  /** Per cent; 95 % interval by Student's t over programming events. */
  readonly accuracy: Interval;
  /** SD between programming events, points. */
  readonly sd_pct: number;
  /** Points lost since the first time, of which it is null. */
  readonly loss: Interval | null;
}

/** Whether the simulation loses more within a day than the chip did: by its interval, else open. */
export type AnchorVerdict = "more" | "not more" | "open";

/** What is measured under a config. */
export interface AnchorMeasured {
  /** The digital network on the same test images, per cent. */
  readonly baseline_pct: number;
  /** Ascending in time; the first is "programmed". */
  readonly readings: readonly AnchorReading[];
  readonly verdict: AnchorVerdict;
}

/** The network trained and read under a config of the plan. */
export interface AnchorRun {
  /** The plan's name of the config. */
  readonly name: string;
  readonly epochs: number;
  /** Of hardware-aware training, after those. */
  readonly hwtEpochs: number;
  readonly testImages: number;
  /** Programming events, the unit of chance: of one training and on the same test images. */
  readonly events: number;
  /** Null where it is not measured yet. */
  readonly measured: AnchorMeasured | null;
}

/** Every config of the plan, in its order. */
export const anchorRuns = (runs: readonly PlannedRun[]): readonly AnchorRun[] =>
  runs.map(({ name, config, rows }) => ({
    name,
    epochs: config.training.epochs,
    hwtEpochs: config.hwt.epochs,
    testImages: config.measurement.testImages,
    events: config.measurement.repeats,
    measured: measuredOf(rows),
  }));

/** A row over several programming events. */
type OverEvents = Row & { readonly t_inference_s: number; readonly accuracy_sd_pct: number };

const isOverEvents = (row: Row): row is OverEvents =>
  row.condition === "hwt" && row.t_inference_s !== null && row.accuracy_sd_pct !== null;

/** Null where there is no reading after the first; one event alone says nothing of chance and is none. */
function measuredOf(rows: readonly Row[]): AnchorMeasured | null {
  const timed = rows.filter(isOverEvents)
    .toSorted((a, b) => a.t_inference_s - b.t_inference_s);
  const baseline = rows.find(({ metric }) => metric === "baseline");
  if (timed.length < 2 || baseline === undefined) return null;
  const [programmed, ...later] = timed;
  const readings = [
    readingOf(programmed, null),
    ...later.map((row) => readingOf(row, lossOf(programmed, row))),
  ];
  return {
    baseline_pct: baseline.accuracy_pct,
    readings,
    verdict: verdictOf(readings.at(-1)!.loss!),
  };
}

function readingOf(row: OverEvents, loss: Interval | null): AnchorReading {
  const { t_inference_s, accuracy_pct, accuracy_sd_pct: sd_pct, repeats } = row;
  const accuracy = tInterval(accuracy_pct, sd_pct / Math.sqrt(repeats), repeats);
  return { t_inference_s, accuracy, sd_pct, loss };
}

/**
 * Mean loss from one time to a later one. Rows hold the mean and SD of each time, not every event, so that the
 * variances of both are added. The same devices are read at both times: where those that are better at first
 * stay better, the interval is wider than it has to be.
 */
function lossOf(programmed: OverEvents, later: OverEvents): Interval {
  const { repeats } = later;
  const error = Math.hypot(programmed.accuracy_sd_pct, later.accuracy_sd_pct) / Math.sqrt(repeats);
  return tInterval(programmed.accuracy_pct - later.accuracy_pct, error, repeats);
}

const verdictOf = ({ low, high }: Interval): AnchorVerdict =>
  low > CHIP.loss_points ? "more" : high <= CHIP.loss_points ? "not more" : "open";

/** The measured run of the longest training; null where none is measured. */
export const longestRun = (runs: readonly AnchorRun[]) =>
  runs.filter(isMeasured).toSorted((a, b) => b.epochs - a.epochs)[0] ?? null;

/** A run with its measurement. */
export type MeasuredRun = AnchorRun & { readonly measured: AnchorMeasured };

/** Whether a run is measured. */
export const isMeasured = (run: AnchorRun): run is MeasuredRun => run.measured !== null;

/** Key of a reading: `hwt@1d`. */
export const readingKey = ({ t_inference_s }: AnchorReading) => metricText("hwt", t_inference_s);
