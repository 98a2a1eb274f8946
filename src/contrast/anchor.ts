/** What was measured on hardware, and what a simulation is held against it by. */

/**
 * ResNet-32 on two devices of phase-change memory a weight, 361,722 weights. Source: Joshi et al. 2020
 * (Nature Communications 11, 2473), abstract: 93.7 % when programmed, above 93.5 % over a day. That stages of
 * 16, 28 and 56 channels with shortcut B are their network is inferred from the number of weights, which
 * is this network's: 361,712 on crossbars and ten biases.
 */
export const ANCHOR = {
  text: "resnet:5x16-5x28-5x56:B",
  weights: 361_722,
  programmed_pct: 93.7,
  /** A bound: no measurement within the day was below it. */
  lowestOverADay_pct: 93.5,
  /** Seconds after programming at which the simulation is read: soon after it, and over the day. */
  times_s: [60, 3_600, 86_400],
} as const;
