import {
  type CalibrationImages,
  type MappedNetwork,
  type ProgrammedNetwork,
  type Readout,
  readoutAccuracy_pct,
} from "../analog/mod.ts";
import type { Backend } from "../backend.ts";
import { type Config, protocolOf } from "../config.ts";
import { evaluationBatches, subset } from "../dataset/mod.ts";
import { calibrationBatches } from "../quantize/mod.ts";
import { deriveSeed } from "../random.ts";
import type { Row } from "../table/schema.ts";
import type { ProtocolData } from "../train/mod.ts";
import { rowOf, type Subject, timedVaries, untimedRow } from "./cell_rows.ts";

/** Training images that show the ranges of signals, where the simulator finds them from such. */
const CALIBRATION_IMAGES = 64;

/** The images that a simulator may look at before it is measured. */
export function calibrationImages(
  config: Config,
  data: ProtocolData,
  seed: number,
): CalibrationImages {
  return {
    ofProtocol: () => calibrationBatches(config, data, seed),
    ofTraining: () => {
      const count = Math.min(CALIBRATION_IMAGES, data.train.count);
      const first = subset(data.train, Array.from({ length: count }, (_, i) => i));
      const [batch] = evaluationBatches(first, count);
      return batch;
    },
  };
}

/** A network on simulated hardware, ready to be measured. */
export interface AnalogWork {
  readonly subject: Subject;
  readonly backend: Backend;
  readonly network: MappedNetwork;
  readonly data: ProtocolData;
  /** `noisy` for digitally trained weights, `hwt` for weights trained on the simulator. */
  readonly condition: "noisy" | "hwt";
}

/** The test accuracy of one read-out; its noise and the protocol's augmentation follow from the label. */
function testAccuracy_pct({ subject, backend, data }: AnalogWork, readout: Readout, label: string) {
  const batches = data.evaluation("test", label);
  return readoutAccuracy_pct(backend, readout, batches, { seed: subject.seed, label });
}

/** The test accuracy before any programming: converters and output noise, no device errors. */
export function mappedRow(work: AnalogWork): Row {
  const { subject, condition, network } = work;
  return untimedRow(
    subject,
    condition,
    `${condition}/mapped`,
    (label) => testAccuracy_pct(work, network, label),
  );
}

/** The programming event of repeat number `repeat`: its own, or the one that the protocol lets all share. */
export function programmingEvent(
  { subject: { seed, config }, network, condition }: AnalogWork,
  repeat: number,
): ProgrammedNetwork {
  const event = protocolOf(config).repeatVaries === "programming" ? repeat : 0;
  return network.program(deriveSeed(seed, `${condition}/programming ${event}`));
}

/** The test accuracy of one repeat, `t_inference_s` after `programmed`. */
export function repeatAccuracy_pct(
  work: AnalogWork,
  programmed: ProgrammedNetwork,
  t_inference_s: number,
  repeat: number,
): number {
  const label = `${work.condition}/${t_inference_s} s/repeat ${repeat}`;
  const readout = programmed.read(t_inference_s, deriveSeed(work.subject.seed, label));
  return testAccuracy_pct(work, readout, label);
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
