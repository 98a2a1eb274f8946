/** Trained weights on other memories: both simulators, each device at the times of its data. */
import { arrays } from "../analog/mod.ts";
import {
  type Config,
  type MeasuredDeviceName,
  type PartialConfig,
  resolveConfig,
} from "../config.ts";
import type { Variant } from "./variants.ts";

/** Programming events of each network, and test images at most. */
const EVENTS = 25, IMAGES = 1_000;

/** Memories of the arrays that were measured; errors without a device are left out. */
const MEMORIES = Object.keys(arrays.MEASURED_DEVICES) as MeasuredDeviceName[];

/**
 * The tiles as they were and the arrays' memories, every repeat its own programming event, and the digital
 * conditions. Test images are not cropped, so that repeats differ by the hardware alone and all conditions
 * meet the same images.
 */
export function deviceVariants(base: Config): Variant[] {
  const { inferenceTimes_s, ...measurement } = base.measurement;
  const on = (
    hardware: PartialConfig["hardware"],
    times_s?: readonly number[],
    repeats: number = EVENTS,
  ) =>
    resolveConfig({
      ...base,
      departures: { ...base.departures, augmentTest: false, repeatVaries: "programming" },
      hardware: { ...base.hardware, ...hardware },
      measurement: {
        ...measurement,
        repeats,
        testImages: Math.min(measurement.testImages, IMAGES),
        ...(times_s && { inferenceTimes_s: times_s }),
      },
    });
  return [
    { setting: "aihwkit", value: base.hardware.device, config: on({}, inferenceTimes_s) },
    {
      setting: "digital",
      value: "software",
      config: on({}, inferenceTimes_s, 1),
      conditions: "digital",
    },
    ...MEMORIES.map((device): Variant => ({
      setting: "crosssim",
      value: device,
      config: on({ simulator: { kind: "crosssim", device } }),
    })),
  ];
}
