/** Programming a layer's devices and reading them: plain data, chance as an argument. */
import { InputError } from "../../input_error.ts";
import type { NormalSource } from "../gaussian.ts";
import type { ArrayDesign, Wires } from "./design.ts";
import { type ArrayDevice, deviating, ideal, type Spread } from "./devices.ts";
import type { ArrayKernel } from "./kernel.ts";
import type { ArrayLayer, LayerReading, ReadSlice } from "./layer.ts";
import type { Conductances } from "./mapping.ts";
import { clippedMoments } from "./read_noise.ts";
import { effectiveMatrices } from "./wires.ts";

/** What the devices of arrays do, and their wires. */
export interface ArrayPhysics {
  readonly device: ArrayDevice;
  /** A device whose reads scatter; null for reads without noise. */
  readonly readNoise: ArrayDevice | null;
  /** Null: wires without resistance. */
  readonly wires: Wires | null;
  /** Conductances stay within the window. */
  readonly clip: boolean;
}

/** No error, noise or resistance. */
export const NO_ERRORS: ArrayPhysics = {
  device: ideal,
  readNoise: null,
  wires: null,
  clip: false,
};

/** One programming event: a normal deviate for every device, the same at every time it is read. */
export type Programmed = readonly (readonly Conductances[])[];

/** Draws an event: array after array, slice after slice, plus before minus. */
export function programLayer({ pieces }: ArrayLayer, normal: NormalSource): Programmed {
  return pieces.map(({ slices }) =>
    slices.map(({ target: { plus, minus } }) => ({
      plus: normal(plus.length),
      minus: minus && normal(minus.length),
    }))
  );
}

/** The devices of a slice as found, given their targets and deviates. */
export function foundDevices(
  target: Conductances,
  event: Conductances,
  law: Spread,
  { window }: ArrayDesign,
  clip: boolean,
): Conductances {
  return {
    plus: deviating(target.plus, event.plus, law, window, clip),
    minus: target.minus && deviating(target.minus, event.minus!, law, window, clip),
  };
}

/**
 * What a read finds of a layer `t_days` after the event.
 * Throws InputError for read noise of a device without data of it, and for read noise through wires: the noise of one
 * device moves the currents of all others, so variances at the outputs do not add as they do without wires.
 */
export function readLayer(
  kernel: ArrayKernel,
  { pieces, design }: ArrayLayer,
  event: Programmed,
  { device, readNoise, wires, clip }: ArrayPhysics,
  t_days: number,
): LayerReading {
  const law = device.programmed(design.window, t_days);
  return pieces.map(({ slices, outSize }, p) => {
    const found = slices.map(({ target }, s) =>
      foundDevices(target, event[p][s], law, design, clip)
    );
    if (readNoise !== null) {
      if (wires !== null) {
        throw new InputError(
          "Read noise through wires is not modelled: a device's noise moves the currents of all " +
            "others. Leave readNoise or wires null.",
        );
      }
      return found.map((devices) => noisyRead(devices, readNoise, design));
    }
    const matrices = wires === null
      ? found.map(difference)
      : effectiveMatrices(kernel, found, outSize, wires, design.window.rMin_ohm);
    return matrices.map((matrix) => ({ matrix, variance: null }));
  });
}

function difference({ plus, minus }: Conductances): Float32Array {
  return minus === null ? plus : plus.map((g, i) => g - minus[i]);
}

/** Means subtract, variances add. A read below 0 counts as 0. */
function noisyRead(
  { plus, minus }: Conductances,
  readNoise: ArrayDevice,
  { window }: ArrayDesign,
): ReadSlice {
  if (readNoise.readSd === null) {
    throw new InputError(`The data of ${readNoise.name} give no read noise; leave readNoise null.`);
  }
  const sd = readNoise.readSd(window);
  const matrix = new Float32Array(plus.length), variance = new Float32Array(plus.length);
  const add = (devices: Float32Array, sign: number) =>
    devices.forEach((g, i) => {
      const read = clippedMoments(g, Math.max(sd(g), 0));
      matrix[i] += sign * read.mean;
      variance[i] += read.variance;
    });
  add(plus, 1);
  if (minus !== null) add(minus, -1);
  return { matrix, variance };
}
