/**
 * The parts of `config.ts`: one file a subject, in which each setting stands once, with its default, unit,
 * range, description and source. Other rooms import `config.ts` only.
 */
export {
  ARRAY_DEVICES,
  type ArrayDeviceName,
  arrayTimeFault,
  arrayTimes_s,
  arrayWindowFault,
  bitsPerSlice,
  type MeasuredDeviceName,
} from "./arrays.ts";
export { faultTexts } from "./faults.ts";
export { DEVICES } from "./hardware.ts";
export type { ScaledSpace } from "./network.ts";
export { PROTOCOLS, type ProtocolSettings, settingsOf } from "./protocol.ts";
export { schema } from "./schema.ts";
export { configParts, type Part, type Setting, settings } from "./settings.ts";
export { settingsPage } from "./page.ts";
export { OBSERVERS } from "./training.ts";
