/** What was measured here, as the pages hold it: one network under one setting by one metric. */

/** A mean with its interval, of any network of any space. */
export interface Measurement {
  /** Id of the space, and the network's text in it. */
  readonly space: string;
  readonly network: string;
  readonly study: string;
  /** Words of its config: "dac_bits 4". */
  readonly setting: string;
  readonly protocol: string;
  /** Simulator and device; empty for a digital condition. */
  readonly memory: string;
  readonly metric: string;
  /** Mean over training seeds. */
  readonly accuracy_pct: number;
  /** 95 % interval of the mean; null where nothing was repeated. */
  readonly low_pct: number | null;
  readonly high_pct: number | null;
  /** Seeds, or repeats of one seed, that the interval is over. */
  readonly count: number;
  /** What varies between them: "training", or what the rows say of repeats; empty: nothing repeated. */
  readonly varies: string;
}

/** Fields that are texts, in the order of a packed row. */
const TEXTS = [
  "space",
  "network",
  "study",
  "setting",
  "protocol",
  "memory",
  "metric",
  "varies",
] as const;
const NUMBERS = ["accuracy_pct", "low_pct", "high_pct", "count"] as const;

/** Measurements as JSON: texts once, rows of their numbers and of numbers. */
export interface MeasurementPack {
  readonly texts: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
}

/** Packs `measurements`, in their order. */
export function packMeasurements(measurements: readonly Measurement[]): MeasurementPack {
  const texts = [...new Set(measurements.flatMap((m) => TEXTS.map((field) => m[field])))];
  const at = new Map(texts.map((text, i) => [text, i]));
  return {
    texts,
    rows: measurements.map((m) => [
      ...TEXTS.map((field) => at.get(m[field])!),
      ...NUMBERS.map((field) => m[field]),
    ]),
  };
}

/** What `packMeasurements` packed. */
export function openMeasurements({ texts, rows }: MeasurementPack): readonly Measurement[] {
  return rows.map((row) =>
    Object.fromEntries([
      ...TEXTS.map((field, i) => [field, texts[row[i]!]]),
      ...NUMBERS.map((field, i) => [field, row[TEXTS.length + i]]),
    ]) as unknown as Measurement
  );
}

/** "89.10 to 90.32 (3 × training)"; a dash where nothing was repeated. */
export function spreadText({ low_pct, high_pct, count, varies }: Measurement): string {
  if (low_pct === null || high_pct === null) return "– (once)";
  return `${low_pct.toFixed(2)} to ${high_pct.toFixed(2)} (${count} × ${varies})`;
}
