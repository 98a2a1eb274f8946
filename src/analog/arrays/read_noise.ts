/**
 * Read noise, drawn at the outputs. A fresh error of every device for every product (as CrossSim simulates
 * it) makes an output a sum of independent terms, so the output's own mean and variance are enough: two
 * products where there would be a draw a device and product.
 */

/** Density and distribution function of the standard normal law. */
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";

const density = (k: number) => Math.exp(-0.5 * k * k) / Math.sqrt(2 * Math.PI);

/** Mean and variance of max(0, g + sd N). */
export function clippedMoments(g: number, sd: number): { mean: number; variance: number } {
  if (sd === 0) return { mean: Math.max(g, 0), variance: 0 };
  const k = g / sd, above = normalCdf(k, 0, 1), edge = density(k);
  const mean = g * above + sd * edge;
  return { mean, variance: Math.max((g * g + sd * sd) * above + g * sd * edge - mean * mean, 0) };
}
