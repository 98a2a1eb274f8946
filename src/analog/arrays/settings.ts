/** The settings of a config as physics. */
import type { ArraySettings } from "../../config.ts";
import { type ArrayDevice, independent, MEASURED_DEVICES, proportional } from "./devices.ts";
import type { ArrayPhysics } from "./read.ts";

/** The device of a name; `magnitude` is that of the errors without one. */
export function deviceOf(
  { device, magnitude }: Pick<ArraySettings, "device" | "magnitude">,
): ArrayDevice {
  if (device === "proportional") return proportional(magnitude);
  return device === "independent" ? independent(magnitude) : MEASURED_DEVICES[device];
}

/** What the devices and wires of the settings do. */
export function physicsOf(settings: ArraySettings): ArrayPhysics {
  const device = deviceOf(settings), { wire_ohm } = settings;
  const wires = {
    row_ohm: wire_ohm,
    column_ohm: wire_ohm,
    rowTerminal_ohm: 0,
    columnTerminal_ohm: 0,
  };
  return {
    device,
    readNoise: settings.readNoise ? device : null,
    wires: wire_ohm > 0 ? wires : null,
    clip: false,
  };
}
