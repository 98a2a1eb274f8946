/**
 * What `change` makes of each value of a list. `Float64Array.from` does the same through an iterator, which takes ten
 * times as long: too long for what is done to all cells, or in each resample.
 */
export function mapped(
  values: ArrayLike<number>,
  change: (value: number, index: number) => number,
): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = change(values[i], i);
  return result;
}
