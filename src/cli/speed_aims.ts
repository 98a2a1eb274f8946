/** The aims that docs/speed.md speaks of, and which of them a machine meets by its results. */
import type { Values } from "../paper/mod.ts";

const list = (names: readonly string[]) =>
  new Intl.ListFormat("en-GB", { type: "conjunction" }).format(names);

/** A ratio that is to be reached, or not to be passed. */
interface Aim {
  readonly what: string;
  /** Behind the machine's prefix in `bench/results.json`. */
  readonly key: string;
  readonly side: "at least" | "at most";
  readonly ratio: number;
}

/** On simulated crossbars. */
const CROSSBARS: readonly Aim[] = [
  {
    what: "inference against AIHWKit",
    key: "analog_inference.times_aihwkit",
    side: "at least",
    ratio: 15,
  },
  {
    what: "inference against digital",
    key: "analog_inference.times_digital",
    side: "at most",
    ratio: 1.6,
  },
  {
    what: "a training step against AIHWKit",
    key: "hwt_step.times_aihwkit",
    side: "at least",
    ratio: 12,
  },
  {
    what: "a training step against digital",
    key: "hwt_step.times_digital",
    side: "at most",
    ratio: 2,
  },
  {
    what: "programming and reading against AIHWKit",
    key: "programming.times_aihwkit",
    side: "at least",
    ratio: 1,
  },
];

/** The stricter ones of a step at batch 64, by processor time. */
const STEP: readonly Aim[] = [
  {
    what: "a hardware-aware step against digital",
    key: "step_by_batch.hwt_times_digital",
    side: "at most",
    ratio: 1.4,
  },
  {
    what: "an image at batch 64 against batch 256",
    key: "step_by_batch.image_at_64_of_256",
    side: "at most",
    ratio: 1.15,
  },
];

/** What the machine whose results begin with `prefix` meets of `aims`; what was not measured on it is left out. */
function standing(results: Values, prefix: string, aims: readonly Aim[]): string {
  const measured = aims.flatMap((aim) => {
    const value = results[prefix + aim.key];
    return typeof value === "number" ? [{ ...aim, value }] : [];
  });
  const missed = measured.filter(({ side, ratio, value }) =>
    side === "at least" ? value < ratio : value > ratio
  );
  if (missed.length === 0) return `all ${measured.length} measured there are met`;
  const met = measured.length - missed.length, is = missed.length === 1 ? "is" : "are";
  const words = missed.map(({ what, value }) => `${what} (${value})`);
  return `${met === 0 ? "none" : met} of the ${measured.length} measured there ${
    met === 1 ? "is" : "are"
  } met, missed ${is} ${list(words)}`;
}

/** The aims in words, and what becomes of them, for the keys that the template quotes. */
export function speedAims(results: Values): Values {
  return {
    "bench.aims": list(CROSSBARS.map(({ what, side, ratio }) => `${side} ${ratio} for ${what}`)),
    "bench.aims.standing": standing(results, "bench.", CROSSBARS),
    "bench.avx2.aims.standing": standing(results, "bench.avx2.", CROSSBARS),
    "bench.step_by_batch.aims": list(
      STEP.map(({ what, side, ratio }) => `${side} ${ratio} for ${what}`),
    ),
    "bench.step_by_batch.standing": standing(results, "bench.", STEP),
  };
}
