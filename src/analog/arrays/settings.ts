/** The settings of a config as physics. */
import type { ArraySettings } from "../../config.ts";
import {
  type ArrayDevice,
  independent,
  pcmJoshi,
  proportional,
  rramMilo,
  rramWan,
  sonos,
} from "./devices.ts";
import type { ArrayPhysics } from "./read.ts";

/** The device of a name; `magnitude` is that of the errors without one. */
export function deviceOf(
  { device, magnitude }: Pick<ArraySettings, "device" | "magnitude">,
): ArrayDevice {
  switch (device) {
    case "pcm_joshi":
      return pcmJoshi;
    case "rram_milo":
      return rramMilo;
    case "rram_wan":
      return rramWan;
    case "sonos":
      return sonos;
    case "proportional":
      return proportional(magnitude);
    case "independent":
      return independent(magnitude);
  }
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
