/** Weights as programming leaves them: moments against the published laws of the devices, written out here. */
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import assert from "node:assert/strict";
import { arrays, gaussian } from "@/analog/mod.ts";
import { prng } from "@/random.ts";

const DRAWS = 40_000;
/** Weights of a tile: the largest is at the top of the window. */
const WEIGHTS = [1, -1, 0.5, -0.25, 0];

/** A device's law over its window: SD of programming as a function of the conductance, both of one unit. */
interface Law {
  readonly low: number;
  readonly high: number;
  readonly sd: (g: number) => number;
}
// Milo et al. 2021, uS; Agrawal et al. 2022 as fitted in CrossSim 3.2.0, nA; Joshi et al. 2020, uS.
const LAWS: Readonly<Record<string, Law>> = {
  rram_milo: { low: 50, high: 225, sd: (g) => 4.782321 - 0.009107 * g },
  sonos: { low: 1.6e-4, high: 1_600, sd: (i) => 19.88665 * (1 - Math.exp(-i / 176.3115)) },
  pcm_joshi: {
    low: 0.25,
    high: 25,
    sd: (g) => -0.00178767 * g * g + 0.07585724 * g + 0.28638599,
  },
};

/** Mean and variance of a normal conductance that cannot fall below 0. */
function cut(mean: number, sd: number): [number, number] {
  const k = mean / sd, phi = Math.exp(-k * k / 2) / Math.sqrt(2 * Math.PI);
  const above = normalCdf(k, 0, 1), first = mean * above + sd * phi;
  return [first, (mean * mean + sd * sd) * above + mean * sd * phi - first * first];
}

for (const [device, { low, high, sd }] of Object.entries(LAWS)) {
  Deno.test(`${device}: a weight scatters as its two devices do`, () => {
    const name = device as "sonos", random = gaussian(prng(0, device));
    const weights = Float32Array.from(
      { length: DRAWS * WEIGHTS.length },
      (_, i) => 0.3 * WEIGHTS[i % WEIGHTS.length],
    );
    const found = arrays.programmedWeights(weights, name, random);
    WEIGHTS.forEach((w, k) => {
      const mine = found.filter((_, i) => i % WEIGHTS.length === k);
      const mean = mine.reduce((sum, v) => sum + v, 0) / DRAWS;
      const variance = mine.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (DRAWS - 1);
      // One device holds the weight's magnitude, the other is at the bottom of the window.
      const g = low + (high - low) * Math.abs(w);
      const [top, topVariance] = cut(g, sd(g)), [bottom, bottomVariance] = cut(low, sd(low));
      const unit = 0.3 / (high - low);
      const wanted = unit * Math.sign(w) * (top - bottom);
      const wantedVariance = unit ** 2 * (topVariance + bottomVariance);
      const error = Math.sqrt(wantedVariance / DRAWS);
      assert.ok(Math.abs(mean - wanted) < 4.5 * error + 1e-7, `mean of ${w}: ${mean}, ${wanted}`);
      const ratio = Math.sqrt(variance / wantedVariance);
      if (wantedVariance > 1e-14) {
        // Four standard errors of a normal's SD, and more where half a normal is cut.
        assert.ok(Math.abs(ratio - 1) < 6 / Math.sqrt(2 * DRAWS), `SD of ${w}: ${ratio}`);
      } else assert.ok(variance < 1e-13, "a SONOS device at the bottom has no error");
    });
    assert.deepEqual(arrays.programmedWeights(weights, name, gaussian(prng(0, device))), found);
  });
}
