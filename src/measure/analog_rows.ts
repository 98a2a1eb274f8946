import {
  analogAccuracy_pct,
  type AnalogNetwork,
  type Crossbars,
  drift,
  program,
  type ProgrammedTiles,
} from "../analog/mod.ts";
import { protocolOf } from "../config.ts";
import { deriveSeed } from "../random.ts";
import type { Row } from "../table/schema.ts";
import type { ProtocolData } from "../train/mod.ts";
import { rowOf, type Subject, timedVaries } from "./cell_rows.ts";

/** A network on crossbars, ready to be measured. */
export interface AnalogWork {
  readonly subject: Subject;
  readonly crossbars: Crossbars;
  readonly network: AnalogNetwork;
  readonly data: ProtocolData;
  /** `noisy` for digitally trained weights, `hwt` for weights trained on the simulator. */
  readonly condition: "noisy" | "hwt";
}

/** The test accuracy before any programming: periphery and output noise, no PCM. One read-out. */
export function mappedRow({ subject, crossbars, network, data, condition }: AnalogWork): Row {
  const label = `${condition}/mapped`;
  const batches = data.evaluation("test", label);
  const accuracy = analogAccuracy_pct(crossbars, network, batches, { seed: subject.seed, label });
  return rowOf(subject, condition, null, [accuracy]);
}

/** The programming event of repeat number `repeat`: its own, or the one that the protocol lets all share. */
export function programmingEvent(
  { subject: { seed, config }, network, condition }: AnalogWork,
  repeat: number,
): ProgrammedTiles {
  const event = protocolOf(config).repeatVaries === "programming" ? repeat : 0;
  return program(network, deriveSeed(seed, `${condition}/programming ${event}`));
}

/** The test accuracy of one repeat, `t_inference_s` after `programmed`. */
export function repeatAccuracy_pct(
  { subject: { seed }, crossbars, network, data, condition }: AnalogWork,
  programmed: ProgrammedTiles,
  t_inference_s: number,
  repeat: number,
): number {
  const label = `${condition}/${t_inference_s} s/repeat ${repeat}`;
  const readings = drift(network, programmed, t_inference_s, deriveSeed(seed, label));
  const batches = data.evaluation("test", label);
  return analogAccuracy_pct(crossbars, network, batches, { readings, seed, label });
}

/**
 * The test accuracy `t_inference_s` after programming, over the config's repeats. What varies between
 * repeats is the protocol's: every repeat has its own read and output noise, and its own programming
 * event or one that all share. Times share events: repeat r at one time is the same device at another.
 *
 * @param onRepeat called after each repeat
 */
export function timedRow(
  work: AnalogWork,
  t_inference_s: number,
  onRepeat?: (repeat: number) => void,
): Row {
  const { config } = work.subject, { repeatVaries } = protocolOf(config);
  const shared = repeatVaries === "programming" ? null : programmingEvent(work, 0);
  const accuracies = Array.from({ length: config.measurement.repeats }, (_, repeat) => {
    const programmed = shared ?? programmingEvent(work, repeat);
    const accuracy = repeatAccuracy_pct(work, programmed, t_inference_s, repeat);
    onRepeat?.(repeat);
    return accuracy;
  });
  return rowOf(work.subject, work.condition, t_inference_s, accuracies, timedVaries(config));
}
