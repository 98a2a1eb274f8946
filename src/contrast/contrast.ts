/** A question put to networks before they are measured. */

/** What two networks of a pair are compared by, in percentage points under hardware-aware training unless it says otherwise. */
export const PAIRED_OUTCOMES = {
  /** What drift costs: accuracy at the first time of the source's span less that at the last. */
  "drift_drop.hwt": "drift drop",
  /** What the hardware costs: `baseline` less `hwt` at the source's time. */
  "loss.hwt": "loss to the hardware",
  /** Accuracy of untouched digital weights on the hardware. */
  "accuracy.noisy": "noisy accuracy",
} as const;
/** Name of a paired outcome. */
export type PairedOutcomeId = keyof typeof PAIRED_OUTCOMES;

/** A question to a study: the outcome of `first` minus that of `second`, paired in all else. */
export interface Contrast {
  readonly id: string;
  readonly outcome: PairedOutcomeId;
  /** What the published study leads one to expect of the difference. */
  readonly side: "negative" | "positive" | "either";
  /** Fewer measured pairs than this are no answer. */
  readonly fewestPairs: number;
  /** Texts of the nets of each pair. Every pair counts once for each seed in which both were measured. */
  readonly pairs: readonly (readonly [first: string, second: string])[];
}
