/**
 * Which cells are one function, and which are written alike: two relations beside the published rule of
 * `canonical.ts`, which is a rule of notation (it splits functions whose sums pass through skips or whose
 * dead inputs are counted, and joins a convolution used twice with two separate ones).
 *
 * Both start from the cell's sum: what reaches the output, with `none`, dead edges and empty inputs left
 * out, skips contracted (what they carry is added where they lead) and sums flattened.
 *
 * - Same function (`sameFunction`): equal as trained networks. Every convolution has weights of its own,
 *   so that separate convolutions are numbered, and one that is used twice keeps its number. A convolution
 *   that reads a node which nothing reaches convolves zeros: its kernel does not matter, but its batch norm
 *   adds an offset for each channel, so it is kept as `offset`. Pooling a sum is kept apart from summing
 *   pooled terms, though both give the same numbers.
 * - Same expression (`sameExpression`): coarser. Convolutions are not numbered and offsets are dropped
 *   with all that reads nothing else. Cells of one expression differ at most in what shares weights; their
 *   accuracies are dependent, so that resampling takes them as one cluster.
 */
import { allCells, type Cell, checkedCell, EDGES } from "./cell.ts";
import { AVG_POOL, NONE, type Operation, OPERATIONS, SKIP } from "./operation.ts";

/** A sum of terms; none: nothing arrives. */
type Sum = readonly Term[];

type Term =
  | { readonly kind: "input" }
  | { readonly kind: "pool"; readonly of: Sum }
  | {
    readonly kind: "convolution";
    readonly operation: Operation;
    /** 0..5, published order: which convolution it is. */
    readonly edge: number;
    readonly of: Sum;
  };

/** What arrives at the output node. */
function outputSum(cell: Cell): Sum {
  checkedCell(cell);
  const nodes: Sum[] = [[{ kind: "input" }]];
  for (const target of [1, 2, 3]) {
    nodes.push(EDGES.flatMap(([source, t], edge): Sum => {
      const operation = cell[edge], of = nodes[source];
      if (t !== target || operation === NONE) return [];
      if (operation === SKIP) return of;
      if (operation !== AVG_POOL) return [{ kind: "convolution", operation, edge, of }];
      return of.length === 0 ? [] : [{ kind: "pool", of }];
    }));
  }
  return nodes[3];
}

/** Text of a sum, terms sorted; `number` says what a convolution on an edge is called. */
function text(sum: Sum, number: (edge: number) => string): string {
  if (sum.length === 0) return "0";
  return sum.map((term) => {
    if (term.kind === "input") return "x";
    if (term.kind === "pool") return `${OPERATIONS[AVG_POOL]}(${text(term.of, number)})`;
    const name = number(term.edge);
    return term.of.length === 0
      ? `offset${name}`
      : `${OPERATIONS[term.operation]}${name}(${text(term.of, number)})`;
  }).sort().join(" + ");
}

const unnumbered = () => "";

/** Edges of the convolutions in a sum, each once, and the text of each. */
function convolutionsIn(sum: Sum, found = new Map<number, string>()): Map<number, string> {
  for (const term of sum) {
    if (term.kind === "input") continue;
    if (term.kind === "convolution") found.set(term.edge, text([term], unnumbered));
    convolutionsIn(term.of, found);
  }
  return found;
}

/** A cell's function in its normal form. */
export interface CellFunction {
  /** Equal for cells that are equal as trained networks, e.g. `nor_conv_3x3#0(x) + x`. */
  readonly text: string;
  /**
   * Edge of each numbered convolution, 0..5 in the published order: the weights of number k of one cell
   * are those of number k of any other with the same text.
   */
  readonly convolutions: readonly number[];
}

/**
 * The normal form: of all numberings of the convolutions, those alike without numbers exchanged among
 * themselves, the one whose text comes first.
 */
export function sameFunction(cell: Cell): CellFunction {
  const sum = outputSum(cell), texts = convolutionsIn(sum);
  const alike = Map.groupBy([...texts.keys()], (edge) => texts.get(edge)!);
  const groups = [...alike].sort(([a], [b]) => a < b ? -1 : 1).map(([, edges]) => edges);
  const orders = groups.reduce<number[][]>(
    (heads, group) => heads.flatMap((head) => permutations(group).map((p) => [...head, ...p])),
    [[]],
  );
  return orders
    .map((convolutions) => ({
      convolutions,
      text: text(sum, (edge) => `#${convolutions.indexOf(edge)}`),
    }))
    .reduce((first, other) => other.text < first.text ? other : first);
}

function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item, i) =>
      permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest])
    );
}

/** Equal for cells of one expression: the function without numbers, offsets and what only they feed. */
export function sameExpression(cell: Cell): string {
  const withoutOffsets = (sum: Sum): Sum =>
    sum.flatMap((term): Sum => {
      if (term.kind === "input") return [term];
      const of = withoutOffsets(term.of);
      return of.length === 0 ? [] : [{ ...term, of }];
    });
  return text(withoutOffsets(outputSum(cell)), unnumbered);
}

/** Function of every cell, by cell_index [15625]; numbered from 0 in order of first appearance. */
export function functionClasses(): Int32Array {
  return numbered((cell) => sameFunction(cell).text);
}

/** Expression of every cell, by cell_index [15625]; as `functionClasses`. */
export function expressionClasses(): Int32Array {
  return numbered(sameExpression);
}

function numbered(name: (cell: Cell) => string): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(allCells(), (cell) => {
    const own = name(cell), number = numbers.get(own) ?? numbers.size;
    numbers.set(own, number);
    return number;
  });
}
