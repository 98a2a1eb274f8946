/**
 * One crossbar tile: normalised weights, mapping scales, programming and drift.
 *
 * Source: AIHWKit 1.1.0, `tiles/periphery.py` (mapping), `tiles/array.py` (splitting) and
 * `inference/noise/base.py` (order of programming and drift).
 */
import { oneOf, wholeNumber } from "../../arguments.ts";
import type { Hardware } from "../../config.ts";
import { InputError } from "../../input_error.ts";
import { type ConductanceRange, toConductances, toWeights } from "./conductance.ts";
import type { NormalSource } from "../gaussian.ts";
import type { DeviceModel, DeviceNoise } from "./device.ts";
import { pcm } from "./pcm.ts";
import { reramWan2022 } from "./reram.ts";

/** A matrix on a crossbar: logical weight = scale of the row x normalised weight. */
export interface Mapping {
  /** [out x in], dimensionless; nominally within -1..1. */
  readonly weights: Float32Array;
  /** [out] */
  readonly scales: Float32Array;
}

/** How weights are scaled onto a tile. */
export type MappingRule = Pick<Hardware, "weightScalingOmega" | "weightScaling">;

/** Sizes of the near-equal pieces of `size` that are at most `limit` each; the larger ones first. */
export function splitSizes(size: number, limit: number): number[] {
  wholeNumber("A side of a matrix", size, 1);
  wholeNumber("The limit of a tile's side", limit);
  const pieces = limit > 0 ? Math.ceil(size / limit) : 1;
  const base = Math.floor(size / pieces), extra = size % pieces;
  return Array.from({ length: pieces }, (_, i) => base + (i < extra ? 1 : 0));
}

/**
 * Scales a matrix so that its largest weight (of all, or of each row = crossbar column) is omega.
 * Throws InputError for an empty matrix and for weights that are not finite.
 */
export function mapWeights(matrix: Float32Array, outSize: number, rule: MappingRule): Mapping {
  oneOf("weightScaling", rule.weightScaling, ["per_tensor", "per_column"]);
  if (!(outSize >= 1) || !(matrix.length > 0) || matrix.length % outSize !== 0) {
    throw new InputError(
      `A tile needs at least one weight, as many for each output; this one is ${outSize} outputs wide ` +
        `and has ${matrix.length} weights.`,
    );
  }
  const bad = matrix.findIndex((w) => !Number.isFinite(w));
  if (bad >= 0) {
    throw new InputError(
      `Weight ${bad} is ${matrix[bad]}; a crossbar holds finite weights only. Was training stable?`,
    );
  }
  const inSize = matrix.length / outSize;
  const scales = new Float32Array(outSize);
  for (let i = 0; i < matrix.length; i++) {
    const row = Math.floor(i / inSize), magnitude = Math.abs(matrix[i]);
    if (magnitude > scales[row]) scales[row] = magnitude;
  }
  if (rule.weightScalingOmega <= 0) scales.fill(1);
  else {
    if (rule.weightScaling === "per_tensor") scales.fill(Math.max(...scales));
    scales.forEach((most, row) => scales[row] = most / Math.fround(rule.weightScalingOmega) || 1);
  }
  return { weights: matrix.map((w, i) => w / scales[Math.floor(i / inSize)]), scales };
}

/** What programming left on a tile: conductances are not kept, only their difference. */
export interface Programmed {
  readonly weights: Float32Array;
  /** In the order of `Conductances.devices`: PCM's drift exponents, ReRAM's target conductances. */
  readonly traits: readonly Float32Array[];
}

/** What is known of the devices of a tile. */
export type Device = Pick<Hardware, "device"> & DeviceNoise & ConductanceRange;

const MODELS: Readonly<Record<Hardware["device"], DeviceModel>> = {
  pcm,
  reram_wan2022: reramWan2022,
};

const modelOf = ({ device }: Device): DeviceModel =>
  MODELS[oneOf("A device", device, Object.keys(MODELS) as Hardware["device"][])];

/**
 * Writes normalised weights to devices. Draws error and traits of a matrix of devices, then those of the
 * next; traits (PCM's drift exponents) follow the target, not the programmed conductance.
 */
export function programTile(
  weights: Float32Array,
  device: Device,
  normal: NormalSource,
): Programmed {
  const model = modelOf(device), target = toConductances(weights, device);
  const written = target.devices.map((g) => ({
    g: model.program(g, device, normal),
    traits: model.traits(g, device, normal),
  }));
  return {
    weights: toWeights({ ...target, devices: written.map(({ g }) => g) }),
    traits: written.map(({ traits }) => traits),
  };
}

/**
 * The weights that a read finds `t_inference_s` seconds after programming. Not cumulative: every call
 * starts from the programmed weights. They are converted to conductances again, so the largest of them
 * sits at g_max and a weight whose sign programming has turned drifts with the other device's exponent.
 * ReRAM, read about its targets, keeps of this the scale alone: its weights come back larger by as much as
 * programming enlarged the largest weight, and drift compensation takes that back.
 *
 * Throws InputError for a time that is negative, not finite, or not among those of the device's data.
 */
export function driftTile(
  programmed: Programmed,
  t_inference_s: number,
  device: Device,
  normal: NormalSource,
): Float32Array {
  if (!(t_inference_s >= 0) || t_inference_s === Infinity) {
    throw new InputError(
      `The inference time is ${t_inference_s} s; give a time in seconds after programming, 0 or more.`,
    );
  }
  const model = modelOf(device), found = toConductances(programmed.weights, device);
  const devices = found.devices.map((g, i) =>
    model.read(g, programmed.traits[i], t_inference_s, device, normal)
  );
  return toWeights({ ...found, devices });
}
