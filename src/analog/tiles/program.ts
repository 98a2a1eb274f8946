/** Programming a network's tiles, and reading them some time later. Plain data, no TensorFlow. */
import { InputError } from "../../input_error.ts";
import { prng } from "../../random.ts";
import { type AnalogNetwork, tilesOf } from "./convert.ts";
import { compensation, readOut } from "./drift_compensation.ts";
import { gaussian } from "../gaussian.ts";
import { periphery } from "./periphery.ts";
import { driftTile, type Programmed, programTile } from "./tile.ts";

/** A programmed tile and its compensation's reference, read right after programming. */
export interface ProgrammedTile extends Programmed {
  readonly baseline: number;
}

/** By the tile's name. */
export type ProgrammedTiles = Readonly<Record<string, ProgrammedTile>>;

/** What a tile computes with: its weights at one moment, and the factor of drift compensation. */
export interface Reading {
  /** [out x in], normalised. */
  readonly weights: Float32Array;
  readonly alpha: number;
}

/** By the tile's name. */
export type Readings = Readonly<Record<string, Reading>>;

/** Programs every tile: one event, with its own errors and drift exponents. */
export function program(network: AnalogNetwork, seed: number): ProgrammedTiles {
  const surroundings = periphery(network.hardware);
  return Object.fromEntries(
    tilesOf(network).map(({ name, weights }) => {
      const normal = gaussian(prng(seed, `program/${name}`));
      const programmed = programTile(weights, network.hardware, normal);
      return [name, { ...programmed, baseline: readOut(programmed.weights, surroundings, normal) }];
    }),
  );
}

/**
 * Reads every tile `t_inference_s` seconds after programming: the same errors and exponents, new read
 * noise, drift compensation measured again. Not cumulative.
 *
 * Throws InputError for a negative or non-finite time.
 */
export function drift(
  network: AnalogNetwork,
  programmed: ProgrammedTiles,
  t_inference_s: number,
  seed: number,
): Readings {
  const { hardware } = network, surroundings = periphery(hardware);
  return Object.fromEntries(
    tilesOf(network).map(({ name }) => {
      const tile = programmed?.[name];
      if (tile === undefined) {
        throw new InputError(
          `${name} was not programmed: give what analog.program(network, seed) returned for this network.`,
        );
      }
      const normal = gaussian(prng(seed, `drift ${t_inference_s}/${name}`));
      const weights = driftTile(tile, t_inference_s, hardware, normal);
      const alpha = hardware.driftCompensation === "global"
        ? compensation(tile.baseline, readOut(weights, surroundings, normal))
        : 1;
      return [name, { weights, alpha }];
    }),
  );
}
