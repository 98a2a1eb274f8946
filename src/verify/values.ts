/** Kinds of values that the reference files hold. */
import { z } from "zod";
import type { NormalSource } from "../analog/mod.ts";

export const numbers = z.array(z.number());
export const matrix = z.array(numbers);
export const tolerance = z.object({ rel: z.number(), abs: z.number() });

/** A matrix row by row. */
export const flat = (m: number[][]): Float32Array => Float32Array.from(m.flat());

/** A source that gives back recorded deviates, one array a call. */
export function replay(list: number[][][]): NormalSource {
  const arrays = list.map(flat).values();
  return (n) => {
    const next = arrays.next().value;
    if (next?.length !== n) throw new Error(`${n} deviates were asked, ${next?.length} recorded`);
    return next;
  };
}
