/** Made-up measurements of the network that was measured on hardware. */
import { resolveConfig } from "@/config.ts";
import type { PlannedRun, Row } from "@/table/mod.ts";

/** A row; `sd` null for a single measurement. */
export function anchorRow(
  condition: Row["condition"],
  t_inference_s: number | null,
  accuracy_pct: number,
  accuracy_sd_pct: number | null,
  repeats = accuracy_sd_pct === null ? 1 : 25,
): Row {
  const times: Readonly<Record<number, string>> = { 60: "60s", 3_600: "1h", 86_400: "1d" };
  return {
    ...{ space: "resnet", arch_str: "resnet:5x16-5x28-5x56:B", cell_index: null, condition },
    t_inference_s,
    metric: t_inference_s === null ? condition : `${condition}@${times[t_inference_s]}`,
    ...{ repeat: null, seed: 0, protocol: "corrected", simulator: "aihwkit", device: "pcm" },
    ...{ source: "anchor", config_id: "0123456789ab", accuracy_pct, accuracy_sd_pct, repeats },
    repeat_varies: "read_and_output_noise+programming",
  };
}

/** A digital accuracy of 75 %, 72 % when programmed, half of `loss` gone after an hour and all of it after a day. */
export const anchorRows = (loss: number): Row[] => [
  anchorRow("baseline", null, 75, null),
  anchorRow("hwt", null, 74, null),
  anchorRow("hwt", 86_400, 72 - loss, 1.2),
  anchorRow("hwt", 60, 72, 0.9),
  anchorRow("hwt", 3_600, 72 - loss / 2, 1.2),
  anchorRow("noisy", 60, 20, 3),
  anchorRow("noisy", 86_400, 10, 3),
];

/** A config of the plan with `rows`, trained so long. */
export const anchorRun = (name: string, epochs: number, rows: readonly Row[]): PlannedRun => ({
  name,
  config: resolveConfig({
    ...{ protocol: "corrected", network: { space: "resnet" }, training: { epochs } },
    hwt: { epochs: epochs / 4 },
    measurement: { testImages: 2_000, repeats: 25, inferenceTimes_s: [60, 3_600, 86_400] },
  }),
  rows,
});
