/** Trained weights on arrays whose wires have resistance. */
import { type Config, type PartialConfig, resolveConfig } from "../config.ts";
import type { Variant } from "./variants.ts";

/** Programming events of each network, and test images at most. */
const EVENTS = 5, IMAGES = 1_000;

/**
 * Resistances of a wire between neighbouring cells, ohm, beside none: 1, 4 and 16 squares of the first metal of an
 * open 130 nm process (SKY130, technology LEF, met1: 0.125 ohm a square). Of the PCM's 40 kohm these are 3e-6 to
 * 5e-5, where what is lost stays a perturbation: at 1e-4 CrossSim's array of 288 x 64 loses a third of its currents.
 */
const WIRES_OHM = [0.125, 0.5, 2] as const;

/**
 * CrossSim's arrays with the PCM of both simulators, first without resistance, then with each. Every variant
 * programs the same errors and meets the same test images, so that a cell's accuracies differ by the wires alone.
 */
export function wireVariants(base: Config): Variant[] {
  const { inferenceTimes_s: _, ...measurement } = base.measurement;
  const on = (simulator: PartialConfig["hardware"]) =>
    resolveConfig({
      ...base,
      departures: { ...base.departures, augmentTest: false, repeatVaries: "programming" },
      hardware: { ...base.hardware, ...simulator },
      measurement: {
        ...measurement,
        repeats: EVENTS,
        testImages: Math.min(measurement.testImages, IMAGES),
      },
    });
  return [0, ...WIRES_OHM].map((wire_ohm) => ({
    setting: "wire_ohm",
    value: wire_ohm,
    config: on({ simulator: { kind: "crosssim", device: "pcm_joshi", wire_ohm } }),
  }));
}
