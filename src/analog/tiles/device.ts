/** What a crossbar asks of its memory devices. A model is one small file: `pcm.ts`, `reram.ts`. */
import { oneOf } from "../../arguments.ts";
import { DEVICES, type Hardware } from "../../config.ts";
import type { NormalSource } from "../gaussian.ts";

/** What the noise of a device depends on; factors are 1 for the measured device and 0 for an ideal one. */
export type DeviceNoise = Pick<Hardware, "gMax_uS" | "programmingNoise" | "drift" | "readNoise">;

/** Many devices at once: conductances in uS, one number a device, new arrays from every call. */
export interface DeviceModel {
  /** Conductances right after programming. */
  readonly program: (
    g_target_uS: Float32Array,
    noise: DeviceNoise,
    normal: NormalSource,
  ) => Float32Array;
  /** What stays with each device from its programming on and shapes its later reads. */
  readonly traits: (
    g_target_uS: Float32Array,
    noise: DeviceNoise,
    normal: NormalSource,
  ) => Float32Array;
  /** Conductances as one read finds them `t_inference_s` after programming. Not cumulative. */
  readonly read: (
    g_prog_uS: Float32Array,
    traits: Float32Array,
    t_inference_s: number,
    noise: DeviceNoise,
    normal: NormalSource,
  ) => Float32Array;
}

/** Whether the device model is used outside the conductances that it was fitted to. */
export const isExtrapolated = (
  { device, gMax_uS }: Pick<Hardware, "device" | "gMax_uS">,
): boolean =>
  gMax_uS !== DEVICES[oneOf("A device", device, Object.keys(DEVICES) as (typeof device)[])].gMax_uS;
