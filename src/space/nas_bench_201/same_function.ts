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

interface Term {
  readonly kind: "input" | "pool" | "convolution";
  /** 0..5, published order: the edge that the term comes over; the input's is -1. */
  readonly edge: number;
  readonly operation: Operation;
  readonly of: Sum;
  /** Its text without numbers. */
  readonly text: string;
}

const INPUT: Sum = [{ kind: "input", edge: -1, operation: SKIP, of: [], text: "x" }];

/** What arrives at the output node; without `offsets`, convolutions of nothing are nothing. */
function outputSum(cell: Cell, offsets: boolean): Sum {
  checkedCell(cell);
  const nodes: Sum[] = [INPUT, [], [], []];
  // edges come by source node: a node's sum is whole when it is read
  EDGES.forEach(([source, target], edge) => {
    const operation = cell[edge], of = nodes[source];
    if (operation === NONE) return;
    if (operation === SKIP) nodes[target] = [...nodes[target], ...of];
    else if (of.length > 0 || (offsets && operation !== AVG_POOL)) {
      const kind = operation === AVG_POOL ? "pool" : "convolution";
      const text = termText(kind, operation, "", of.length === 0 ? "" : joined(of, (t) => t.text));
      nodes[target] = [...nodes[target], { kind, edge, operation, of, text }];
    }
  });
  return nodes[3];
}

/** Text of an operation, `number` behind its name, on what `of` says; "": on nothing. */
function termText(kind: Term["kind"], operation: Operation, number: string, of: string): string {
  if (kind === "convolution" && of === "") return `offset${number}`;
  return `${OPERATIONS[operation]}${number}(${of})`;
}

/** Text of a sum, its terms sorted. */
function joined(sum: Sum, text: (term: Term) => string): string {
  if (sum.length === 1) return text(sum[0]);
  return sum.length === 0 ? "0" : sum.map(text).sort().join(" + ");
}

/** Text of a term whose convolutions carry the numbers that `numbers` gives their edges. */
function numberedText(term: Term, numbers: readonly number[]): string {
  const { kind, edge, operation, of } = term;
  if (kind === "input") return term.text;
  const inner = of.length === 0 ? "" : joined(of, (t) => numberedText(t, numbers));
  return termText(kind, operation, kind === "pool" ? "" : `#${numbers[edge]}`, inner);
}

/** Edges of the convolutions in a sum, each once, and the text of each. */
function convolutionsIn(sum: Sum, found = new Map<number, string>()): Map<number, string> {
  for (const { kind, edge, of, text } of sum) {
    if (kind === "convolution") found.set(edge, text);
    convolutionsIn(of, found);
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
  const sum = outputSum(cell, true), texts = convolutionsIn(sum);
  const alike = Map.groupBy(texts.keys(), (edge) => texts.get(edge)!);
  const groups = [...alike].sort(([a], [b]) => a < b ? -1 : 1).map(([, edges]) => edges);
  const orders = groups.reduce<number[][]>(
    (heads, group) => heads.flatMap((head) => permutations(group).map((p) => [...head, ...p])),
    [[]],
  );
  return orders
    .map((convolutions) => {
      const numbers = EDGES.map((_, edge) => convolutions.indexOf(edge));
      return { convolutions, text: joined(sum, (term) => numberedText(term, numbers)) };
    })
    .reduce((first, other) => other.text < first.text ? other : first);
}

function permutations<T>(items: readonly T[]): T[][] {
  return items.length < 2
    ? [[...items]]
    : items.flatMap((item, i) =>
      permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest])
    );
}

/** Equal for cells of one expression: the function without numbers, offsets and what only they feed. */
export function sameExpression(cell: Cell): string {
  return joined(outputSum(cell, false), ({ text }) => text);
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
