/**
 * What every model of analog hardware answers: put a trained network on it, program it, read it some time
 * later, compute logits. Nothing above asks which model it is.
 */
import type { Backend } from "../backend.ts";
import type { Batch } from "../dataset/mod.ts";
import type { NetworkPlan, State } from "../network/mod.ts";
import { accuracy_pct } from "../train/mod.ts";
import type { AnalogLogits } from "./logits.ts";
import type { AnalogNetwork } from "./tiles/mod.ts";

/** A trained network. */
export interface TrainedNetwork {
  readonly plan: NetworkPlan;
  /** Its numbers; of a network that was trained on tiles, what its tiles hold. */
  readonly state: State;
  /** Its tiles and their learnt input ranges, where it was trained on them. */
  readonly tiles: AnalogNetwork | null;
}

/** Images from which the ranges of signals are found where training has not learnt them. */
export interface CalibrationImages {
  /** Those that the protocol names. */
  readonly ofProtocol: () => Iterable<Batch>;
  /** The first training images, as one batch. */
  readonly ofTraining: () => Batch;
}

/** A network as one moment finds it. */
export interface Readout {
  /** Its logits; noise follows from seed and label. */
  logits(seed: number, label: string): AnalogLogits;
}

/** A network after one programming event. */
export interface ProgrammedNetwork {
  /**
   * The network `t_inference_s` seconds after the event. Reads are not cumulative.
   * Throws InputError for a time that the device has no data for.
   */
  read(t_inference_s: number, seed: number): Readout;
}

/** A network on hardware; read out before any programming, its devices are without error. */
export interface MappedNetwork extends Readout {
  /** One programming event, with its own errors. */
  program(seed: number): ProgrammedNetwork;
}

/** A model of analog hardware. */
export interface Simulator {
  /** Throws InputError for a network that the hardware cannot hold. */
  map(network: TrainedNetwork, images: CalibrationImages): MappedNetwork;
}

/** Top-1 accuracy in per cent over `batches`; noise follows from seed and label. */
export function readoutAccuracy_pct(
  backend: Backend,
  readout: Readout,
  batches: Iterable<Batch>,
  { seed, label }: { readonly seed: number; readonly label: string },
): number {
  const logits = readout.logits(seed, label);
  try {
    return accuracy_pct(backend, logits.of, batches);
  } finally {
    logits.dispose();
  }
}
