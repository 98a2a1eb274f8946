/** Accuracies of one network side by side: where it falls on its way from digital to analog, and over time. */
import { isExtrapolated } from "../analog/mod.ts";
import { type Config, DEVICES, type Hardware } from "../config.ts";
import { IDEAL } from "../measure/mod.ts";
import { analogShare_pct, type NetworkPlan } from "../network/mod.ts";
import { summarize } from "../stats/mod.ts";
import { metricText, type Row } from "../table/mod.ts";

/** A table as text: a line for each way in which the network was trained. */
export interface Report {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * The report of a measurement: accuracies in per cent, means over repeats with their SD over these.
 *
 * @param rows of one network: `baseline`, `ptq` and `ideal_crossbar`, and `noisy` or `hwt` before programming
 *   and at each time
 */
export function reportOf(rows: readonly Row[], plan: NetworkPlan, config: Config): Report {
  const times = [...new Set(rows.flatMap(({ t_inference_s }) => t_inference_s ?? []))];
  const conditions = ["noisy", "hwt"].filter((name) => rows.some((r) => r.condition === name));
  const cell = (condition: string, t_inference_s: number | null) => {
    const found = rows.filter((row) =>
      row.condition === condition && row.t_inference_s === t_inference_s
    );
    return found.length === 0 ? "" : meanText(found.map(({ accuracy_pct }) => accuracy_pct));
  };
  const { digital, depthwise } = config.hardware;
  const share = analogShare_pct(plan, digital, depthwise).toFixed(1);
  const at = times.map((t) => metricText("", t).slice(1));
  return {
    head: [
      "network",
      "trained",
      "analog weights %",
      "digital %",
      "8-bit (PTQ) %",
      "ideal crossbars %",
      "before programming %",
      ...at.map((time) => `after ${time} %`),
    ],
    rows: conditions.map((condition) => [
      plan.architecture.text,
      condition === "hwt" ? "on crossbars" : "digitally",
      share,
      ...["baseline", "ptq", IDEAL].map((name) => condition === "hwt" ? "" : cell(name, null)),
      cell(condition, null),
      ...times.map((t) => cell(condition, t)),
    ]),
  };
}

/** `91.25`, or `91.25 sd 0.31` over several. */
function meanText(values: readonly number[]): string {
  const { mean, sd } = summarize(values);
  return values.length === 1 ? mean.toFixed(2) : `${mean.toFixed(2)} sd ${sd.toFixed(2)}`;
}

/** The report as CSV; texts with commas or quotes stand in quotes. */
export function csvText({ head, rows }: Report): string {
  const quoted = (text: string) => /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [head, ...rows].map((row) => row.map(quoted).join(",") + "\n").join("");
}

/** Says so where the largest conductance is beyond the data of the device. */
export function noteExtrapolated(hardware: Hardware): void {
  if (!isExtrapolated(hardware)) return;
  const { device, gMax_uS } = hardware, { gMax_uS: measured } = DEVICES[device];
  console.log(
    `extrapolated: g_max is ${gMax_uS} uS, the data of ${device} end at ${measured} uS`,
  );
}
