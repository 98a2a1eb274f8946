/** Wording and colour of the memories of both simulators, in the order of drawing. */
import { type Metric, metricParts } from "../../table/schema.ts";
import { timeInWords } from "./metrics.ts";

/** By the device's name in the rows. */
const MEMORY: Readonly<Record<string, { readonly label: string; readonly colour: string }>> = {
  pcm: { label: "PCM, tiles", colour: "#222222" },
  reram_wan2022: { label: "ReRAM (Wan), tiles", colour: "#999933" },
  pcm_joshi: { label: "PCM, arrays", colour: "#0072B2" },
  rram_wan: { label: "RRAM (Wan), arrays", colour: "#D55E00" },
  rram_milo: { label: "RRAM (Milo), arrays", colour: "#CC79A7" },
  sonos: { label: "SONOS, arrays", colour: "#009E73" },
};

/** Words and colour of a device; one that is not listed has its own name, in grey. */
export const memoryWords = (device: string) =>
  MEMORY[device] ?? { label: device.replaceAll("_", " "), colour: "#777777" };

/** A memory of the arrays in fewer words, where the tiles' are not meant. */
export const shortMemory = (device: string): string =>
  memoryWords(device).label.replace(", arrays", "");

/** A reading in words: "SONOS, 5 days", "PCM, tiles, 1 day"; at 0 s "at once". */
export function readingLabel(device: string, metric: Metric): string {
  const [, time] = metric.split("@");
  const when = metricParts(metric).t_inference_s === 0 ? "at once" : timeInWords(time);
  return `${shortMemory(device)}, ${when}`;
}
