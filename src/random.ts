/**
 * Seeded pseudo-random numbers, passed as an argument wherever chance is needed.
 *
 * The generator is xoroshiro128+ of the pure-rand library. Seeds of sub-streams are derived from a
 * label, never by counting calls: adding a draw in one place moves nothing elsewhere.
 */
import { createHash } from "node:crypto";
import { InputError } from "./input_error.ts";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A stream of pseudo-random numbers. Not shared between concurrent users. */
export interface Prng {
  /** 32 uniformly distributed bits, as an unsigned integer. */
  uint32(): number;
  /** Uniform on [0, 1), 53 random bits. */
  uniform(): number;
  /** Uniform integer in [0, bound); `bound` in 1..2^32. Unbiased (rejection). */
  integer(bound: number): number;
  /** Standard normal deviate (Marsaglia's polar method; keeps no spare, so `state` is complete). */
  normal(): number;
  /** The generator's state, to be stored in a checkpoint and given to `prngFromState`. */
  state(): readonly number[];
}

/** The 32-bit seed of the sub-stream `label` of `seed`: the head of SHA-256 over both. */
export function deriveSeed(seed: number, label: string): number {
  return createHash("sha256").update(`${seed}\n${label}`).digest().readUInt32BE(0);
}

/** The generator of the sub-stream `label` of `seed`. */
export function prng(seed: number, label: string): Prng {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new InputError(`A seed is a whole number from 0 to 2^53 - 1, not ${seed}.`);
  }
  return wrap(xoroshiro128plus(deriveSeed(seed, label) | 0));
}

/** A generator that goes on where the one that reported `state` stood. */
export function prngFromState(state: readonly number[]): Prng {
  return wrap(xoroshiro128plusFromState(state));
}

function wrap(generator: ReturnType<typeof xoroshiro128plus>): Prng {
  const uint32 = () => generator.next() >>> 0;
  const uniform = () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  return {
    uint32,
    uniform,
    integer(bound) {
      if (!Number.isInteger(bound) || bound < 1 || bound > 4294967296) {
        throw new RangeError(`integer(bound) needs a whole number from 1 to 2^32, not ${bound}.`);
      }
      const limit = 4294967296 - (4294967296 % bound);
      let bits = uint32();
      while (bits >= limit) bits = uint32();
      return bits % bound;
    },
    normal() {
      while (true) {
        const u = 2 * uniform() - 1, v = 2 * uniform() - 1, s = u * u + v * v;
        if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
      }
    },
    state: () => generator.getState(),
  };
}

/** Throws InputError for what draws no random number, e.g. a seed in its place. */
export function checkRandom(random: Prng): void {
  if (typeof random?.integer === "function") return;
  throw new InputError(
    `Chance comes from a generator, stats.prng(seed, "label"), not from ${String(random)}.`,
  );
}

/** A random permutation of 0..n-1 (Fisher-Yates). */
export function permutation(n: number, random: Prng): Uint32Array {
  checkRandom(random);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
