/** Two-objective quality of what a search has seen. */

import { wholeNumber } from "../arguments.ts";
import { requireFinite, requirePairs } from "./finite.ts";

/** Objectives of all candidates, equally long: `gain` is to be large, `cost` small; and the point that bounds the area. */
export interface TwoObjectives {
  readonly gain: Float64Array;
  readonly cost: Float64Array;
  /** Candidates below this gain or above this cost add nothing. */
  readonly reference: { readonly gain: number; readonly cost: number };
}

/** Area between the reference point and the front of the candidates `chosen` (indices), in units of gain times cost. */
export function hypervolume(chosen: ArrayLike<number>, objectives: TwoObjectives): number {
  return hypervolumes(objectives)(chosen);
}

/** The same for many choices among the same candidates, which are checked once. */
export function hypervolumes(
  { gain, cost, reference }: TwoObjectives,
): (chosen: ArrayLike<number>) => number {
  requirePairs(gain, cost, "hypervolume (x the gain, y the cost)");
  requireFinite([reference.gain, reference.cost], "hypervolume: reference");
  // sorted once: a choice is then sorted by the places of its candidates, which are plain numbers
  const order = Int32Array.from(gain, (_, i) => i)
    .sort((a, b) => cost[a] - cost[b] || gain[b] - gain[a]);
  const places = new Int32Array(order.length);
  order.forEach((i, place) => places[i] = place);
  return (chosen) => {
    const chosenPlaces = new Int32Array(chosen.length);
    for (let k = 0; k < chosen.length; k++) {
      chosenPlaces[k] = places[wholeNumber("A choice", chosen[k], 0, gain.length - 1)];
    }
    let area = 0, reached = reference.gain;
    for (const place of chosenPlaces.sort()) {
      const i = order[place];
      if (gain[i] <= reached || cost[i] >= reference.cost) continue;
      area += (gain[i] - reached) * (reference.cost - cost[i]);
      reached = gain[i];
    }
    return area;
  };
}
