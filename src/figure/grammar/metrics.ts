/**
 * The one registry of everything a figure can have on an axis: name -> label, unit, number format,
 * order and colour. Axis titles, legends and titles take their words from here and nowhere else.
 */
import { type Condition, CONDITIONS, type Metric, metricParts } from "../../table/schema.ts";
import { type OperationName, OPERATIONS } from "../../space/mod.ts";

/** How one quantity is written and drawn. */
export interface Quantity {
  /** For an axis or a legend, without the unit. */
  readonly label: string;
  /** Empty for counts and for pure numbers. */
  readonly unit: string;
  readonly colour: string;
}

/** Wording and colour of a condition, and one line telling what it is. */
interface ConditionWords {
  readonly label: string;
  readonly colour: string;
  readonly means: string;
}

/** Those of the published conditions, in the order in which conditions are listed. */
export const CONDITION: Readonly<Record<Condition, ConditionWords>> = {
  baseline: { label: "Baseline", colour: "#222222", means: "full precision" },
  ptq: { label: "PTQ", colour: "#E69F00", means: "post-training quantization" },
  qat: { label: "QAT", colour: "#CC79A7", means: "quantization-aware training" },
  noisy: { label: "Noisy", colour: "#D55E00", means: "digital weights on analog hardware" },
  hwt: { label: "HWT", colour: "#0072B2", means: "hardware-aware training, on analog hardware" },
};

/** Units of an inference time: one of it, and several. */
const TIME_UNITS: Readonly<Record<string, readonly [string, string]>> = {
  s: ["s", "s"],
  min: ["min", "min"],
  h: ["h", "h"],
  d: ["day", "days"],
  y: ["year", "years"],
};

/** An inference time in words: "30d" as "30 days", "60s" as "1 min". */
export function timeInWords(time: string): string {
  if (time === "60s") return "1 min";
  const [, number, unit] = time.match(/^(.*?)([a-z]+)$/) ?? [];
  const names = TIME_UNITS[unit];
  return names === undefined ? time : `${number} ${names[number === "1" ? 0 : 1]}`;
}

/** Wording and colour of each operation; `short` fits on an edge of a cell diagram. */
export const OPERATION: Readonly<
  Record<
    OperationName,
    { readonly label: string; readonly short: string; readonly colour: string }
  >
> = {
  skip_connect: { label: "skip", short: "skip", colour: "#117733" },
  none: { label: "none", short: "none", colour: "#9A9A9A" },
  nor_conv_3x3: { label: "conv 3×3", short: "3×3", colour: "#332288" },
  nor_conv_1x1: { label: "conv 1×1", short: "1×1", colour: "#88CCEE" },
  avg_pool_3x3: { label: "avg pool 3×3", short: "pool", colour: "#DDAA33" },
};

/** Label of each edge, in the published order. */
export const EDGE_LABELS = ["0→1", "0→2", "0→3", "1→2", "1→3", "2→3"] as const;

/** Wording and colour of a condition; one that is not of the published study has its own name, in grey. */
export function conditionWords(condition: Condition): ConditionWords {
  const unknown = { label: condition.replaceAll("_", " "), colour: "#777777", means: "" };
  return CONDITION[condition] ?? unknown;
}

/** A metric in words: "HWT, 1 day". */
export function metricLabel(metric: Metric): string {
  const { label } = conditionWords(metricParts(metric).condition);
  const [, time] = metric.split("@");
  return time === undefined ? label : `${label}, ${timeInWords(time)}`;
}

/** The same within a sentence: "HWT after 1 day". */
export function metricInText(metric: Metric): string {
  return metricLabel(metric).replace(", ", " after ");
}

const quantity = (label: string, unit: string, colour = "#222222"): Quantity => ({
  label,
  unit,
  colour,
});

/** Quantities that are no metric, by name: what is derived from metrics, and properties of a cell. */
const QUANTITIES = {
  "accuracy": quantity("Accuracy", "%"),
  "gap": quantity("Baseline − analog accuracy", "pp"),
  "noisy_gap": quantity("Noisy gap: baseline − noisy", "pp", CONDITION.noisy.colour),
  "hwt_gap": quantity("HWT gap: baseline − HWT", "pp", CONDITION.hwt.colour),
  "hwt_gap@1d": quantity("Baseline − HWT, 1 day", "pp", CONDITION.hwt.colour),
  "drift_drop.hwt": quantity("Drift drop, HWT", "pp", CONDITION.hwt.colour),
  "drift_drop.noisy": quantity("Drift drop, noisy", "pp", CONDITION.noisy.colour),
  "drift_loss": quantity("Accuracy lost since programming", "pp", CONDITION.hwt.colour),
  "drift_swap": quantity("Change of drift drop", "pp"),
  "sd": quantity("Standard deviation", "pp"),
  "t_inference_s": quantity("Time since programming", ""),
  "kendall": quantity("Kendall τ-b", ""),
  "cells": quantity("Cells", ""),
  "share": quantity("Share of cells", "%"),
  "operation_share": quantity("Share", "%"),
  "variance_share": quantity("Share of the variance", "%"),
  "share_at_or_above": quantity("Cells at or above this accuracy", "%"),
  "rank": quantity("Rank (1: best)", ""),
  "k": quantity("K", ""),
  "queries": quantity("Queries", ""),
  "overlap": quantity("Shared cells", "%"),
  "parameters": quantity("Parameters", "million"),
  "macs": quantity("MACs per image", "million"),
  "tiles": quantity("Crossbar tiles (512 × 512)", ""),
  "energy_uJ": quantity("Energy per image, model", "µJ"),
  "latency_us": quantity("Time per image, model", "µs"),
  "area_mm2": quantity("Area of the crossbars, model", "mm²"),
  "edge": quantity("Edge", ""),
  "skips": quantity("Skip connections", ""),
  "degree": quantity("Live edges", ""),
  "depth": quantity("Layers on the longest path", ""),
  "width": quantity("Parallel edges", ""),
  "difference": quantity("Difference", "pp"),
  "layer_place": quantity("Layers passed, from the input", "%"),
  "input_rms": quantity("Root mean square of a layer's input", ""),
  "conductance": quantity("Conductance asked for", "µS"),
  "share_of_range": quantity("Of the range", "%"),
  "training_cells": quantity("Training cells", ""),
} as const satisfies Record<string, Quantity>;

/** Name of a quantity: a metric, or one of `QUANTITIES`. */
export type QuantityName = keyof typeof QUANTITIES | Metric;

/** How the quantity `name` is written and drawn; what is not listed is the accuracy of a metric. */
export function quantityOf(name: QuantityName): Quantity {
  if (Object.hasOwn(QUANTITIES, name)) return QUANTITIES[name as keyof typeof QUANTITIES];
  const { colour } = conditionWords(metricParts(name).condition);
  return { label: `${metricLabel(name)} accuracy`, unit: "%", colour };
}

/** Title of an axis: label with unit in brackets. */
export function axisTitle(name: QuantityName): string {
  const { label, unit } = quantityOf(name);
  return unit === "" ? label : `${label} (${unit})`;
}

/** The colour of each label, as a Vega-Lite scale. */
export function colourScale(words: readonly { readonly label: string; readonly colour: string }[]) {
  return { domain: words.map(({ label }) => label), range: words.map(({ colour }) => colour) };
}

/** Fixed colours of conditions over their labels. */
export const conditionScale = (conditions: readonly Condition[]) =>
  colourScale(conditions.map(conditionWords));

/** The same for the published conditions. */
export const CONDITION_SCALE = conditionScale(CONDITIONS);

/** Fixed colours of the operations over their labels. */
export const OPERATION_SCALE = colourScale(OPERATIONS.map((operation) => OPERATION[operation]));

/**
 * Settings of the hardware that the ablation changes: label, and the value of the published setting. In the
 * order of drawing: converters, noise, drift, mapping, device.
 */
export const HARDWARE_SETTING = {
  dac_bits: { label: "DAC resolution (bits)", standard: 8 },
  adc_bits: { label: "ADC resolution (bits)", standard: 8 },
  adc_bound: { label: "ADC bound (normalized)", standard: 10 },
  output_noise: { label: "output noise (normalized)", standard: 0.04 },
  programming_noise: { label: "programming noise (× PCM's)", standard: 1 },
  read_noise: { label: "read noise (× PCM's)", standard: 1 },
  drift: { label: "drift exponents (× PCM's)", standard: 1 },
  drift_compensation: { label: "drift compensation", standard: "global" },
  g_max_uS: { label: "largest conductance (µS)", standard: 25 },
  tile_size: { label: "tile size (rows = columns)", standard: 512 },
  weight_scaling: { label: "weight scale by", standard: "per_tensor" },
  pairs: { label: "pairs of devices a weight", standard: 1 },
  device: { label: "device", standard: "pcm" },
} as const;

/** Values of those settings that are names, in words. */
export const HARDWARE_VALUE: Readonly<Record<string, string>> = {
  global: "on",
  none: "off",
  per_tensor: "tile",
  per_column: "column",
  pcm: "PCM",
  reram_wan2022: "ReRAM",
};

/** Id of a setting of the ablation. */
export type HardwareSetting = keyof typeof HARDWARE_SETTING;

/** Settings of the protocol, each as the corrected protocol has it, in the order of drawing. */
export const PROTOCOL_SETTING = {
  augmentTest: { label: "test images not cropped or flipped" },
  calibrationSplit: { label: "PTQ calibrated off the test set" },
  inputRange: { label: "input ranges calibrated" },
  repeatVaries: { label: "repeats programmed again" },
  hwtGradient: { label: "HWT by the plain chain rule" },
  hwtSchedule: { label: "HWT rate on a cosine" },
  validationImages: { label: "5,000 images held out" },
  watchedSplit: { label: "QAT watching held-out images" },
  all: { label: "all of them: corrected protocol" },
} as const;

/** Id of a setting of the protocol, or of all together. */
export type ProtocolSetting = keyof typeof PROTOCOL_SETTING;

/** Search methods that are drawn, in the order of legends; `short` heads a small panel, `methodName` says the rest. */
export const SEARCH_METHOD = {
  random_search: { short: "random", colour: "#8A8A8A" },
  regularized_evolution: { short: "evolution, 100", colour: "#56B4E9" },
  regularized_evolution_small: { short: "evolution, 10", colour: "#0072B2" },
  local_search: { short: "local search", colour: "#009E73" },
  bananas: { short: "BANANAS", colour: "#E69F00" },
  gaussian_process: { short: "Gaussian process", colour: "#D55E00" },
  predictor_forest: { short: "forest", colour: "#CC79A7" },
} as const;

/** Id of a search method that is drawn. */
export type SearchMethod = keyof typeof SEARCH_METHOD;
