/** Measuring trained weights again under other settings, without training. */
import {
  type AnalogNetwork,
  logicalState,
  type Simulator,
  type TrainedNetwork,
} from "../analog/mod.ts";
import type { Backend } from "../backend.ts";
import { type NetworkPlan, type State, toTensors } from "../network/mod.ts";
import { calibrate, calibrationBatches, quantizedAccuracy_pct } from "../quantize/mod.ts";
import type { Row } from "../table/schema.ts";
import { digitalAccuracy_pct, type ProtocolData } from "../train/mod.ts";
import { type AnalogWork, calibrationImages, mappedRow, timedRow } from "./analog_rows.ts";
import { type Subject, untimedRow } from "./cell_rows.ts";

/** A finished unit's networks. */
export interface Trained {
  readonly plan: NetworkPlan;
  /** As trained digitally. */
  readonly state: State;
  /** As trained on the crossbars. */
  readonly hwt: AnalogNetwork;
}

/** A unit's networks as a simulator takes them: `noisy` is the digital one, `hwt` the one of the tiles. */
export function trainedFor(
  condition: AnalogWork["condition"],
  { plan, state, hwt }: Trained,
): TrainedNetwork {
  return condition === "noisy"
    ? { plan, state, tiles: null }
    : { plan, state: logicalState(hwt), tiles: hwt };
}

/** What is read out, and with what. */
export interface ReadOutWork {
  readonly backend: Backend;
  readonly simulator: Simulator;
  readonly trained: Trained;
  /** Its config is that of the read-out. */
  readonly subject: Subject;
  readonly data: ProtocolData;
  readonly condition: AnalogWork["condition"];
  /** Seconds after programming, null for before it. */
  readonly times_s: readonly (number | null)[];
  /** Called after each repeat at each time. */
  readonly onRepeat?: () => void;
}

/**
 * A row for each time, of one condition on the hardware of `subject.config`. Equal seeds give equal programming
 * errors under every config, so that variants are compared on the same devices.
 */
export function conditionRows(work: ReadOutWork): Row[] {
  const { backend, simulator, trained, subject, data, condition, times_s, onRepeat } = work;
  const images = calibrationImages(subject.config, data, subject.seed);
  const network = simulator.map(trainedFor(condition, trained), images);
  const analog: AnalogWork = { subject, backend, data, condition, network };
  return times_s.map((t) => t === null ? mappedRow(analog) : timedRow(analog, t, onRepeat));
}

/** A trained cell's rows of several conditions, before programming and at each inference time of the config. */
export function analogRows(
  backend: Backend,
  simulator: Simulator,
  trained: Trained,
  subject: Subject,
  data: ProtocolData,
  conditions: readonly AnalogWork["condition"][] = ["noisy", "hwt"],
): Row[] {
  const times_s = [null, ...subject.config.measurement.inferenceTimes_s];
  return conditions.flatMap((condition) =>
    conditionRows({ backend, simulator, trained, subject, data, condition, times_s })
  );
}

/** A trained cell's rows under `subject.config` that need no crossbar: baseline and PTQ. */
export function digitalRows(
  backend: Backend,
  { plan, state }: Pick<Trained, "plan" | "state">,
  subject: Subject,
  data: ProtocolData,
): Row[] {
  const { config, seed } = subject;
  const tensors = toTensors(backend, plan, state);
  const test = (label: string) => data.evaluation("test", label);
  const baseline = untimedRow(
    subject,
    "baseline",
    "baseline/end",
    (label) => digitalAccuracy_pct(backend, plan, tensors, test(label)),
  );
  const calibration = () => calibrationBatches(config, data, seed);
  const quantization = calibrate(backend, plan, tensors, config.ptq, calibration);
  const ptq = untimedRow(
    subject,
    "ptq",
    "ptq/end",
    (label) => quantizedAccuracy_pct(backend, plan, tensors, quantization, test(label)),
  );
  backend.tf.dispose([{ ...tensors.parameters }, { ...tensors.statistics }]);
  return [baseline, ptq];
}
