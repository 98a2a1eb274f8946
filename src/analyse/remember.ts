/** Statistics that are computed on first use, once, each with a random stream of its own name. */
import { type Prng, prng } from "../random.ts";

/** A statistic's stream of chance, or the sub-stream of a detail of it. */
export type Stream = (detail?: string) => Prng;

/** How each member of `Members` is computed from the whole record that holds it. */
export type Definitions<Members, Whole> = {
  readonly [Id in keyof Members]: (whole: Whole, stream: Stream) => Members[Id];
};

/**
 * `data` with the members that `definitions` describe. Each is computed when it is first read and then
 * remembered; its stream is labelled by the member's own name, so that a number depends on the seed and
 * on nothing that was computed before it.
 */
export function withMembers<Data extends { readonly seed: number }, Members>(
  data: Data,
  definitions: Definitions<Members, Data & Members>,
): Data & Members {
  const whole = { ...data } as Data & Members;
  for (const id of Object.keys(definitions) as (keyof Members & string)[]) {
    const stream = (detail?: string) =>
      prng(data.seed, detail === undefined ? id : `${id} ${detail}`);
    const get = once(() => definitions[id](whole, stream));
    Object.defineProperty(whole, id, { enumerable: true, get });
  }
  return Object.freeze(whole);
}

/** `compute`, each answer computed once: known again by the arguments as text. */
export function once<Arguments extends readonly (string | number)[], Answer>(
  compute: (...given: Arguments) => Answer,
): (...given: Arguments) => Answer {
  const known = new Map<string, Answer>();
  return (...given) => {
    const key = given.join(" ");
    if (!known.has(key)) known.set(key, compute(...given));
    return known.get(key)!;
  };
}
