/**
 * Standard normal deviates in bulk: a ziggurat of 128 layers over xoshiro128++.
 *
 * The simulator draws millions of deviates for one programming event; a polar method on a general
 * generator takes ten times longer. Exact in distribution, deviates lie on a grid finer than 2^-22.
 *
 * Source: Marsaglia and Tsang 2000 with Doornik's 2005 correction (layer and value from disjoint bits).
 */
import { InputError } from "../input_error.ts";
import { checkRandom, type Prng } from "../random.ts";

/** `n` standard normal deviates, independent of all that it returned before. */
export type NormalSource = (n: number) => Float32Array;

/** Throws InputError for what gives no deviates, e.g. a seed in its place. */
export function checkNormal(normal: NormalSource): void {
  if (typeof normal === "function") return;
  throw new InputError(
    `Noise comes from a source, analog.gaussian(stats.prng(seed, "label")) or analog.noNoise, not from ` +
      `${String(normal)}.`,
  );
}

/** The source that returns zeros: a device or a periphery without noise. */
export const noNoise: NormalSource = (n) => new Float32Array(n);

const LAYERS = 128;
/** Start of the tail, and the area of each layer (Marsaglia and Tsang 2000, for 128 layers). */
const TAIL = 3.442619855899, AREA = 9.91256303526217e-3;
const density = (x: number) => Math.exp(-0.5 * x * x);

/** Right edges of the layers, outermost first; the base strip counts as wide as its area demands. */
const EDGES = new Float64Array(LAYERS + 1);
EDGES[0] = AREA / density(TAIL);
EDGES[1] = TAIL;
for (let i = 2; i < LAYERS; i++) {
  EDGES[i] = Math.sqrt(-2 * Math.log(AREA / EDGES[i - 1] + density(EDGES[i - 1])));
}
/** Share of each layer that lies wholly under the density. */
const INSIDE = EDGES.map((edge, i) => (i < LAYERS ? EDGES[i + 1] / edge : 0));

/** Seeds an independent bulk generator from four words of `random`. */
export function gaussian(random: Prng): NormalSource {
  checkRandom(random);
  const state = Int32Array.from({ length: 4 }, () => random.uint32());
  state[3] |= 1; // never all zero
  const word = () => { // xoshiro128++ (Blackman and Vigna 2019)
    let [a, b, c, d] = state;
    const sum = (a + d) | 0, result = (((sum << 7) | (sum >>> 25)) + a) | 0, t = b << 9;
    c ^= a, d ^= b, b ^= c, a ^= d, c ^= t;
    d = (d << 11) | (d >>> 21);
    state[0] = a, state[1] = b, state[2] = c, state[3] = d;
    return result;
  };
  return (n) => {
    const out = new Float32Array(n);
    let [a, b, c, d] = state;
    for (let k = 0; k < n; k++) {
      const sum = (a + d) | 0, bits = (((sum << 7) | (sum >>> 25)) + a) | 0, t = b << 9;
      c ^= a, d ^= b, b ^= c, a ^= d, c ^= t;
      d = (d << 11) | (d >>> 21);
      const layer = bits & 127, v = ((bits >> 7) + 0.5) / 16777216;
      if (Math.abs(v) < INSIDE[layer]) { // 98.8 %
        out[k] = v * EDGES[layer];
        continue;
      }
      state[0] = a, state[1] = b, state[2] = c, state[3] = d;
      const x = outside(layer, v, word);
      a = state[0], b = state[1], c = state[2], d = state[3];
      if (x === null) k--; // rejected: draw this one again
      else out[k] = x;
    }
    state[0] = a, state[1] = b, state[2] = c, state[3] = d;
    return out;
  };
}

/** A deviate from the part of a layer that is not wholly under the density, or null where rejected. */
function outside(layer: number, v: number, word: () => number): number | null {
  const uniform = () => ((word() >>> 0) + 0.5) / 4294967296;
  if (layer > 0) {
    const x = v * EDGES[layer];
    const low = density(EDGES[layer]), high = density(EDGES[layer + 1]);
    return low + uniform() * (high - low) < density(x) ? x : null;
  }
  while (true) { // the tail (Marsaglia 1964)
    const x = -Math.log(uniform()) / TAIL, y = -Math.log(uniform());
    if (2 * y > x * x) return Math.sign(v) * (TAIL + x);
  }
}
