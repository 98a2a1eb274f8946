/** Deliberately wrong programs of one changed line, each with the test that has to notice. */

/** A wrong program. */
export interface Mutant {
  /** What is wrong with it, unique in the list. */
  readonly name: string;
  readonly file: string;
  /** Text that stands once in the file, and what takes its place. */
  readonly from: string;
  readonly to: string;
  /** Test file that fails on it, and text in the names of its tests where a part is enough. */
  readonly test: string;
  readonly filter?: string;
}

/** `[what is wrong, from, to]` */
type Change = readonly [name: string, from: string, to: string];

/** Mutants of `file` that `test`, or the tests in it whose names have `filter`, has to notice. */
export const mutantsOf = (
  file: string,
  test: string,
  changes: readonly Change[],
  filter?: string,
): Mutant[] =>
  changes.map(([name, from, to]) => ({ name, file, from, to, test, ...(filter && { filter }) }));

/** The program text with the change made. Throws where `from` does not stand in it exactly once. */
export function mutated(text: string, { name, file, from, to }: Mutant): string {
  const places = text.split(from).length - 1;
  if (places !== 1) {
    throw new Error(`"${name}": its text stands ${places} times in ${file}: ${from}`);
  }
  return text.replace(from, () => to);
}
