import { finiteNumber, hasLength } from "../arguments.ts";
import { cholesky, solveLower, solveUpper } from "./cholesky.ts";
import { modelGuided, type ModelGuidedOptions, type Surrogate } from "./model_guided.ts";
import type { Search } from "./search.ts";
import { normalScores } from "./normal_scores.ts";
import { wlKernel } from "./wl_kernel.ts";

const LOOP: ModelGuidedOptions = {
  initial: 10,
  batch: 2,
  mutations: 200,
  parents: 10,
  explored: 300,
};

/** Noise variances tried, in units of the signal's; the likeliest is used. */
const NOISE = [0.01, 0.03, 0.1, 0.3];

/** What is stored beside histories of this method. */
export const GAUSSIAN_PROCESS_OPTIONS = { ...LOOP, kernel: "weisfeiler_lehman", rounds: 2 };

/** Density and distribution function of the standard normal (the latter to 1.5e-7, Abramowitz & Stegun 7.1.26). */
const density = (z: number) => Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
function distribution(z: number): number {
  const x = Math.abs(z) / Math.SQRT2, t = 1 / (1 + 0.3275911 * x);
  const tail = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592]
    .reduce((sum, c) => sum * t + c, 0) * t * Math.exp(-x * x);
  return z > 0 ? 1 - tail / 2 : tail / 2;
}

/** Expected improvement over `best` of a normal variable (Jones et al. 1998, eq. 15). */
export function expectedImprovement(mean: number, sd: number, best: number): number {
  finiteNumber("A standard deviation", sd, 0);
  const z = (mean - best) / sd;
  return (mean - best) * distribution(z) + sd * density(z);
}

/** Mean and standard deviation at new points; the noise is not part of the latter. */
export interface Posterior {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/**
 * Exact Gaussian process with unit prior variance times a scale s^2 that is set to its maximum
 * likelihood, y' K^-1 y / n (Rasmussen & Williams 2006, algorithm 2.1; noise by likelihood, eq. 2.30).
 *
 * @param kernel of the measured points [n, n], 1 on the diagonal
 * @param y values of about zero mean [n]
 */
export function fitProcess(kernel: Float64Array, y: Float64Array) {
  const n = y.length;
  hasLength("A kernel, row by row,", kernel, n * n);
  const fits = NOISE.map((noise) => {
    const noisy = Float64Array.from(kernel);
    for (let i = 0; i < n; i++) noisy[i * n + i] += noise;
    const factor = cholesky(noisy, n), half = solveLower(factor, y);
    const scale = half.reduce((sum, v) => sum + v * v, 0) / n;
    let logDeterminant = 0;
    for (let i = 0; i < n; i++) logDeterminant += 2 * Math.log(factor[i * n + i]);
    return { factor, half, scale, logLikelihood: -(n * Math.log(scale) + logDeterminant) / 2 };
  });
  const { factor, half, scale } = fits.reduce((a, b) => b.logLikelihood > a.logLikelihood ? b : a);
  const weights = solveUpper(factor, half);

  /** Posterior at points whose kernel with the measured ones is `cross` [points, n]. */
  return (cross: Float64Array): Posterior => {
    const points = cross.length / n;
    const mean = new Float64Array(points), sd = new Float64Array(points);
    const reduced = solveLower(factor, cross, n);
    for (let p = 0; p < points; p++) {
      let sum = 0, explained = 0;
      for (let i = 0, row = p * n; i < n; i++) {
        sum += cross[row + i] * weights[i];
        explained += reduced[row + i] * reduced[row + i];
      }
      mean[p] = sum;
      sd[p] = Math.sqrt(scale * Math.max(1 - explained, 1e-9));
    }
    return { mean, sd };
  };
}

/** Worth by expected improvement over the best measured value. */
const process = (): Surrogate => {
  const kernel = wlKernel();
  return ({ cells, accuracies_pct }) => {
    const y = normalScores(accuracies_pct), best = Math.max(...y);
    const known = [...cells], posterior = fitProcess(kernel(known, known), y);
    return (candidates) => {
      const { mean, sd } = posterior(kernel(candidates, known));
      return mean.map((m, i) => expectedImprovement(m, sd[i], best));
    };
  };
};

/** Bayesian optimisation by a Gaussian process on cells, after NAS-BOWL (Ru et al. 2021). */
export const gaussianProcess: Search = (objective, budget, random) =>
  modelGuided(process(), LOOP)(objective, budget, random);
