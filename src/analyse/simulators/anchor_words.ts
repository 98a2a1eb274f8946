/** The comparison with measured hardware in words, for whatever rows there are. */
import type { Interval } from "../../stats/mod.ts";
import { timeText } from "../../table/schema.ts";
import { fixedText } from "../words.ts";
import { type AnchorRun, CHIP, isMeasured, longestRun, type MeasuredRun } from "./anchor.ts";

const tenth = (value: number) => fixedText(value, 1);
const withInterval = ({ estimate, low, high }: Interval) =>
  `${tenth(estimate)} (${tenth(low)} to ${tenth(high)})`;

/** "60 s", "1 h", "1 day". */
const time = (t_s: number) =>
  timeText(t_s).replace(/(\d)([a-z])/, "$1 $2").replace(/^1 d$/, "1 day");

const CHIPS_LOSS = `the ${tenth(CHIP.loss_points)} that the measured chip, programmed to ` +
  `${tenth(CHIP.programmed_pct)} %, lost at most`;

/** What the longest trained run says, without its last stop. */
export function anchorFinding(runs: readonly AnchorRun[]): string {
  const run = longestRun(runs);
  if (run === null) {
    return "Not measured yet: how much accuracy the simulated network loses within a day, beside " +
      CHIPS_LOSS;
  }
  const { readings, verdict } = run.measured, [first] = readings, last = readings.at(-1)!;
  const lost = `The simulated network, programmed to ${tenth(first.accuracy.estimate)} %, loses ` +
    `${withInterval(last.loss!)} points within ${time(last.t_inference_s)}`;
  return verdict === "open"
    ? `${lost}; whether that is more than ${CHIPS_LOSS} stays open`
    : `${lost}, ${verdict} than ${CHIPS_LOSS}`;
}

/** The finding, and every run: how it was trained, what it reaches and what it loses. */
export function anchorAnswer(runs: readonly AnchorRun[]): string {
  const missing = runs.filter((run) => !isMeasured(run)).map(training);
  const isAllMissing = missing.length === runs.length;
  return [
    `${anchorFinding(runs)}.`,
    ...runs.filter(isMeasured).map(runInWords),
    missing.length === 0 || isAllMissing
      ? ""
      : `Not measured yet, and nothing follows from that: ${missing.join("; ")}.`,
  ].filter((sentence) => sentence !== "").join(" ");
}

const training = ({ epochs, hwtEpochs }: AnchorRun) =>
  `${epochs} epochs and ${hwtEpochs} of hardware-aware training`;

function runInWords(run: MeasuredRun): string {
  const { baseline_pct, readings: [programmed, ...later] } = run.measured;
  const losses = later.map(({ t_inference_s, loss }) =>
    `${withInterval(loss!)} after ${time(t_inference_s)}`
  );
  return `After ${training(run)} it reaches ${tenth(baseline_pct)} % digitally and ` +
    `${withInterval(programmed.accuracy)} % ${time(programmed.t_inference_s)} after programming, ` +
    `of ${
      run.testImages.toLocaleString("en")
    } test images in ${run.events} programming events; of that it ` +
    `loses ${losses.join(" and ")}.`;
}
