/** One tile from mapping to its reads, with given deviates: what the files c, c_gdc and k compare. */
import {
  compensation,
  driftTile,
  mapWeights,
  noNoise,
  type NormalSource,
  periphery,
  programTile,
  readOut,
} from "../../analog/mod.ts";
import { type Hardware } from "../../config.ts";
import { flat } from "../values.ts";

/** Deviates of programming, and of the read at each time. */
export interface Deviates {
  readonly program: NormalSource;
  readonly read: (time: number) => NormalSource;
}

/** A tile that nothing deviates on. */
export const noDeviates: Deviates = { program: noNoise, read: () => noNoise };

/** Maps and programs `weights` [out][in], and reads them and their compensation's factor at each time. */
export function tileHistory(
  weights: number[][],
  hardware: Hardware,
  times_s: readonly number[],
  deviates: Deviates,
) {
  const response = (weights: Float32Array) => readOut(weights, periphery(hardware), noNoise);
  const mapped = mapWeights(flat(weights), weights.length, hardware);
  const programmed = programTile(mapped.weights, hardware, deviates.program);
  const baseline = response(programmed.weights);
  const drifted = times_s.map((t_s, i) => driftTile(programmed, t_s, hardware, deviates.read(i)));
  const alpha = drifted.map((weights) => compensation(baseline, response(weights)));
  return { mapped, programmed, baseline, drifted, alpha };
}
