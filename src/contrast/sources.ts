/** Where findings are put to the test: tables and studies, each on a simulator with a device. */
import { ARRAY_DEVICES, arrayTimes_s } from "../config.ts";
import type { SpaceId } from "../space/mod.ts";

/** Networks measured on one device of one simulator. */
export interface Source {
  readonly id: string;
  readonly label: string;
  /**
   * `space`: networks trained for it, evidence of its own. `device`: the weights of the replication measured
   * again, so that all devices share networks and are no independent evidence of each other.
   */
  readonly kind: "space" | "device";
  readonly space: Exclude<SpaceId, "custom">;
  readonly simulator: "aihwkit" | "crosssim";
  readonly device: string;
  /** When losses are read: one day after programming, or where the device's data have no such time the last. */
  readonly read_s: number;
  /** From when to when a drift drop counts; null where the device's data are of one time only. */
  readonly drift_s: readonly [from: number, to: number] | null;
  /** When untouched weights are read for linear paths; null: before programming, as in the published finding. */
  readonly noisy_s: number | null;
}

const DAY_S = 86_400;
/** The tiles with phase-change memory: the published times. */
const PCM = {
  simulator: "aihwkit",
  device: "pcm",
  read_s: DAY_S,
  drift_s: [60, 30 * DAY_S],
  noisy_s: null,
} as const;

const space = (id: string, label: string, space: Source["space"]): Source => ({
  id,
  label,
  kind: "space",
  space,
  ...PCM,
});

function arrays(device: keyof typeof ARRAY_DEVICES, label: string): Source {
  const times_s = arrayTimes_s(device), last = times_s.at(-1)!;
  const read_s = times_s.includes(DAY_S) ? DAY_S : last;
  return {
    id: `crosssim_${device}`,
    label,
    kind: "device",
    space: "nas_bench_201",
    simulator: "crosssim",
    device,
    read_s,
    drift_s: times_s.length > 1 ? [times_s[0], last] : null,
    noisy_s: read_s,
  };
}

/** Every source, spaces first; one that nothing is measured of yet is listed too. */
export const SOURCES: readonly Source[] = [
  space("published", "NAS-Bench-201 (published)", "nas_bench_201"),
  space("own", "NAS-Bench-201 (own)", "nas_bench_201"),
  space("resnet", "ResNet", "resnet"),
  space("analognas", "AnalogNAS", "analognas"),
  space("darts", "DARTS", "darts"),
  { ...space("aihwkit_pcm", "AIHWKit PCM", "nas_bench_201"), kind: "device" },
  arrays("pcm_joshi", "CrossSim PCM (Joshi)"),
  arrays("rram_wan", "CrossSim RRAM (Wan)"),
  arrays("rram_milo", "CrossSim RRAM (Milo)"),
  arrays("sonos", "CrossSim SONOS"),
];
