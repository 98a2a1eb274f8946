import { InputError } from "../../input_error.ts";
import { didYouMean } from "../../nearest.ts";
import { type Benchmark, parseMetric } from "../../table/mod.ts";
import type { Metric } from "../../table/schema.ts";

/** Differences of two metrics that the study asks about, all in percentage points. */
export const DIFFERENCES = {
  /** What analog hardware costs digital weights, before any drift. */
  noisy_gap: ["baseline", "noisy"],
  /** What analog hardware costs after hardware-aware training, before any drift. */
  hwt_gap: ["baseline", "hwt"],
  /** The same one day after programming. */
  "hwt_gap@1d": ["baseline", "hwt@1d"],
  /** What drift costs from one minute to thirty days. */
  "drift_drop.hwt": ["hwt@60s", "hwt@30d"],
  "drift_drop.noisy": ["noisy@60s", "noisy@30d"],
} as const satisfies Record<string, readonly [Metric, Metric]>;

/** Name of a difference of two metrics. */
export type Difference = keyof typeof DIFFERENCES;

/** A metric (per cent) or a difference of two (percentage points). */
export type Outcome = Metric | Difference;

/** An outcome by cell_index [15625]; not to be written to. Throws InputError for one that there is not. */
export function outcomeValues(benchmark: Benchmark, outcome: Outcome): Float64Array {
  parseOutcome(outcome, benchmark.metrics);
  return outcomeOf((metric) => benchmark.accuracy(metric), outcome);
}

/**
 * The outcome that `text` names: a difference of `DIFFERENCES`, or a metric in any notation. Throws InputError,
 * naming the nearest, for none.
 */
function parseOutcome(text: string, held: readonly Metric[]): Outcome {
  if (Object.hasOwn(DIFFERENCES, text)) return text as Difference;
  const differences = Object.keys(DIFFERENCES);
  try {
    return parseMetric(text, held);
  } catch (error) {
    const near = typeof text === "string" ? didYouMean(text, differences) : "";
    if (!(error instanceof InputError)) throw error;
    if (near !== "") {
      throw new InputError(
        `There is no outcome "${text}".${near} Differences are ${differences.join(", ")}; any ` +
          "metric is an outcome too.",
      );
    }
    throw new InputError(`${error.message} Differences are ${differences.join(", ")}.`);
  }
}

/** An outcome from the metrics of any list of cells; not to be written to. */
export function outcomeOf(
  accuracy: (metric: Metric) => Float64Array,
  outcome: Outcome,
): Float64Array {
  if (!Object.hasOwn(DIFFERENCES, outcome)) return accuracy(outcome as Metric);
  const [from, less] = DIFFERENCES[outcome as keyof typeof DIFFERENCES];
  const subtrahend = accuracy(less);
  return accuracy(from).map((value, i) => value - subtrahend[i]);
}

/** The metrics that an outcome is made of. */
export const metricsOf = (outcome: Outcome): readonly Metric[] =>
  outcome in DIFFERENCES ? DIFFERENCES[outcome as Difference] : [outcome as Metric];

/** `values` at `indices`. */
export function take(values: ArrayLike<number>, indices: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(indices.length);
  for (let k = 0; k < indices.length; k++) taken[k] = values[indices[k]];
  return taken;
}
