/** A whole config: its parts, what they make of each other, and what they rule out. */
import { z } from "zod";
import { arrayConflicts, arrayTimes_s, onlyTimes_s, withWindow } from "./arrays.ts";
import { conflicts } from "./conflicts.ts";
import { DEVICES, hardware } from "./hardware.ts";
import { measurement, PUBLISHED_TIMES_S } from "./measurement.ts";
import { network } from "./network.ts";
import { PROTOCOL_NAMES, protocolSettings, settingsOf } from "./protocol.ts";
import { hwt, ptq, qat, training } from "./training.ts";

/** Completes and checks a config. */
export const schema = z.strictObject({
  protocol: z.enum(PROTOCOL_NAMES).default("corrected").meta({
    description:
      "What is done about the published script's oddities: they are repeated, or mended.",
  }),
  departures: protocolSettings.prefault({}).meta({
    description:
      "Settings in which the protocol is departed from, to see what one oddity alone does.",
  }),
  network,
  training,
  ptq,
  qat,
  hardware,
  hwt,
  measurement,
}).transform((config) => {
  const { hardware, measurement } = config, device = DEVICES[hardware.device];
  const gMax_uS = hardware.gMax_uS ?? device.gMax_uS;
  const simulator = hardware.simulator.kind === "crosssim"
    ? withWindow(hardware.simulator)
    : hardware.simulator;
  const times_s = simulator.kind === "crosssim"
    ? arrayTimes_s(simulator.device)
    : device.times_s ?? PUBLISHED_TIMES_S;
  const inferenceTimes_s = measurement.inferenceTimes_s ?? times_s;
  return {
    ...config,
    hardware: { ...hardware, gMax_uS, simulator },
    measurement: { ...measurement, inferenceTimes_s },
  };
}).superRefine((config, context) => {
  const { device, simulator } = config.hardware, { inferenceTimes_s } = config.measurement;
  const isArrays = simulator.kind === "crosssim", protocol = settingsOf(config);
  const read = isArrays
    ? { name: simulator.device, times_s: onlyTimes_s(simulator.device) }
    : { name: device, times_s: DEVICES[device].times_s };
  const found = [
    ...conflicts({ ...config, protocol, device: read }),
    ...(isArrays ? arrayConflicts(simulator, inferenceTimes_s, config.hardware) : []),
  ];
  for (const { path, message } of found) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
});
