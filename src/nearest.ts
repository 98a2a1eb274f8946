/** The valid name nearest to one that is not. */
import { distance } from "fastest-levenshtein";

/**
 * The name that `text` probably means: the one that takes the fewest changes of letters, upper and lower
 * case being one; null where even that changes more than half of it.
 */
export function nearest<T extends string>(text: string, names: readonly T[]): T | null {
  const written = String(text).toLowerCase();
  const [best] = names.map((name) => ({ name, far: distance(written, name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= best.name.length / 2 ? best.name : null;
}

/** ` Did you mean "..."?`, or nothing where no name is near. */
export function didYouMean(text: string, names: readonly string[]): string {
  const name = nearest(text, names);
  return name === null ? "" : ` Did you mean "${name}"?`;
}
