/** Measuring trained weights again under other settings, without training. */
import {
  type AnalogNetwork,
  type AnalogTile,
  calibrateInputRanges,
  convert,
  type Crossbars,
} from "../analog/mod.ts";
import type { Backend } from "../backend.ts";
import { type Config, type Hardware, protocolOf } from "../config.ts";
import { type NetworkPlan, type State, toTensors } from "../network/mod.ts";
import { calibrate, calibrationBatches, quantizedAccuracy_pct } from "../quantize/mod.ts";
import type { Row } from "../table/schema.ts";
import { digitalAccuracy_pct, type ProtocolData } from "../train/mod.ts";
import { type AnalogWork, mappedRow, timedRow } from "./analog_rows.ts";
import { rowOf, type Subject } from "./cell_rows.ts";

/** A finished unit's networks. */
export interface Trained {
  readonly plan: NetworkPlan;
  /** As trained digitally. */
  readonly state: State;
  /** As trained on the crossbars. */
  readonly hwt: AnalogNetwork;
}

/** Trained digital weights on the hardware of a config, input ranges as its protocol finds them. */
export function noisyNetwork(
  backend: Backend,
  plan: NetworkPlan,
  state: State,
  config: Config,
  data: ProtocolData,
  seed: number,
): AnalogNetwork {
  const mapped = convert(plan, state, config.hardware);
  if (protocolOf(config).inputRange === "fixed") return mapped;
  return calibrateInputRanges(backend, mapped, calibrationBatches(config, data, seed));
}

/**
 * A network trained on crossbars, put onto other ones: the logical weights are cut into tiles and mapped
 * anew, each tile with the input range that was learnt for the same inputs.
 */
export function remapped(network: AnalogNetwork, hardware: Hardware): AnalogNetwork {
  const { plan, state, layers } = network;
  const matrices = Object.values(layers).map(({ shape, tiles }) => {
    const inFeatures = shape.inChannels * shape.kernel ** 2;
    const matrix = new Float32Array(shape.outChannels * inFeatures);
    for (const { weights, scales, inStart, inSize, outStart, outSize } of tiles) {
      for (let o = 0; o < outSize; o++) {
        for (let i = 0; i < inSize; i++) {
          matrix[(outStart + o) * inFeatures + inStart + i] = weights[o * inSize + i] * scales[o];
        }
      }
    }
    return [`${shape.name}.weight`, matrix] as const;
  });
  const anew = convert(
    plan,
    { ...state, ...Object.fromEntries(matrices) },
    hardware,
    (layer) => layer in layers,
  );
  const learnt = (layer: string, { inStart, outStart }: AnalogTile) =>
    layers[layer].tiles.find((t) =>
      t.inStart <= inStart && inStart < t.inStart + t.inSize &&
      t.outStart <= outStart && outStart < t.outStart + t.outSize
    )!.inputRange;
  const withRanges = Object.entries(anew.layers).map(([name, { shape, tiles }]) => [
    name,
    { shape, tiles: tiles.map((tile) => ({ ...tile, inputRange: learnt(name, tile) })) },
  ]);
  return { ...anew, layers: Object.fromEntries(withRanges) };
}

/**
 * A trained cell's rows on the hardware of `subject.config`, before programming and at each inference time.
 * Equal seeds give equal programming errors under every config, so that variants are compared on the same
 * devices.
 */
export function analogRows(
  crossbars: Crossbars,
  { plan, state, hwt }: Trained,
  subject: Subject,
  data: ProtocolData,
  conditions: readonly AnalogWork["condition"][] = ["noisy", "hwt"],
): Row[] {
  const { backend } = crossbars, { config, seed } = subject;
  return conditions.flatMap((condition) => {
    const network = condition === "noisy"
      ? noisyNetwork(backend, plan, state, config, data, seed)
      : remapped(hwt, config.hardware);
    const work: AnalogWork = { subject, crossbars, data, condition, network };
    return [
      mappedRow(work),
      ...config.measurement.inferenceTimes_s.map((t) => timedRow(work, t)),
    ];
  });
}

/** A trained cell's rows under `subject.config` that need no crossbar: baseline and PTQ. */
export function digitalRows(
  backend: Backend,
  { plan, state }: Trained,
  subject: Subject,
  data: ProtocolData,
): Row[] {
  const { config, seed } = subject;
  const tensors = toTensors(backend, plan, state);
  const test = (label: string) => data.evaluation("test", `${label}/end`);
  const baseline = digitalAccuracy_pct(backend, plan, tensors, test("baseline"));
  const calibration = () => calibrationBatches(config, data, seed);
  const quantization = calibrate(backend, plan, tensors, config.ptq, calibration);
  const ptq = quantizedAccuracy_pct(backend, plan, tensors, quantization, test("ptq"));
  backend.tf.dispose([{ ...tensors.parameters }, { ...tensors.statistics }]);
  return [rowOf(subject, "baseline", null, [baseline]), rowOf(subject, "ptq", null, [ptq])];
}
