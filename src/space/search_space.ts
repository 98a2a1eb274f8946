/** What the four spaces have in common: networks as texts. */
import { wholeNumber } from "../arguments.ts";
import type { Prng } from "../random.ts";
import { InputError } from "../input_error.ts";
import type { SpaceId } from "./architecture.ts";

/** The shape of a network in one line. What each number counts is the space's own matter, said there. */
export interface Shape {
  readonly depth: number;
  readonly width: number;
  /** Skip connections. */
  readonly skips: number;
  /** Operations side by side. */
  readonly branches: number;
}

/** A search space. Every text is `<id>:<body>`, a NAS-Bench-201 cell its NAS-Bench-201 string. */
export interface SearchSpace {
  readonly id: Exclude<SpaceId, "custom">;
  /** A network of the space. */
  readonly example: string;
  /** Names of the numbers that say how large a network is built; none where the text says it all. */
  readonly scale: readonly string[];
  /** The text in the space's spelling. Throws InputError that names the nearest valid network. */
  readonly parse: (text: string) => string;
  /** One text for all networks that are the same: the key of rows. */
  readonly canonical: (text: string) => string;
  /** Canonical texts of the networks one step away. */
  readonly neighbours: (text: string) => string[];
  /** `n` different networks, canonical, in random order. */
  readonly sample: (n: number, random: Prng) => string[];
  readonly shape: (text: string) => Shape;
}

/** The complaint about a text that is no network of a space. */
export function noNetwork(text: string, reason: string, nearest: string): InputError {
  return new InputError(`"${text}" is no network: ${reason}. The nearest is ${nearest}.`);
}

/** `n` different texts of those that `draw` gives. Throws InputError where it gives no new one for long. */
export function distinct(n: number, draw: () => string): string[] {
  const texts = new Set<string>();
  wholeNumber("The number of networks", n);
  for (let misses = 0; texts.size < n;) {
    const before = texts.size;
    texts.add(draw());
    misses = texts.size > before ? 0 : misses + 1;
    if (misses > 10_000) throw new InputError(`There are not ${n} different networks to sample.`);
  }
  return [...texts];
}

/** The member of `values` that is nearest to `value`; the first of equally near ones. */
export function nearest(values: readonly number[], value: number): number {
  return values.reduce((best, v) => Math.abs(v - value) < Math.abs(best - value) ? v : best);
}

/** A member of `values`, each equally likely. */
export const pick = <T>(values: readonly T[], random: Prng): T =>
  values[random.integer(values.length)];

/** The whole numbers from `from` to `to`. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
