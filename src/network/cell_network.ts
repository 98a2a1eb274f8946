/** A cell as a part of the network (Dong & Yang 2020, section 2.1; xautodl's `InferCell`). */
import { type Cell, EDGES, type OperationName, OPERATIONS } from "../space/mod.ts";
import { type ConvolutionUnit, reluConvBn } from "./layers.ts";

/** One edge: what is done to node `source` before it is added to node `target`. */
export interface Edge {
  readonly source: 0 | 1 | 2;
  readonly target: 1 | 2 | 3;
  readonly operation: OperationName;
  /** The convolution of a `nor_conv` edge, else null. */
  readonly unit: ConvolutionUnit | null;
  /** False where the edge cannot reach the output: its result is computed for its statistics only. */
  readonly live: boolean;
}

/** A cell of four nodes; each node is the sum of its incoming edges. */
export interface CellBlock {
  readonly kind: "cell";
  readonly name: string;
  readonly channels: number;
  /** In the order of the NAS-Bench-201 string (by target node), which numbers the state's names. */
  readonly edges: readonly Edge[];
}

/** [place in the published tuple] in the order of the NAS-Bench-201 string. */
const STRING_ORDER = [0, 1, 3, 2, 4, 5];

/** The cell `cell` with `channels` channels in and out, named `name` in the state. */
export function cellBlock(name: string, cell: Cell, channels: number): CellBlock {
  const carries = (edge: number) => OPERATIONS[cell[edge]] !== "none";
  const reachesOutput = (node: number): boolean =>
    node === 3 || EDGES.some(([s, t], e) => s === node && carries(e) && reachesOutput(t));
  const edges = STRING_ORDER.map((edge, index): Edge => {
    const [source, target] = EDGES[edge];
    const operation = OPERATIONS[cell[edge]];
    const kernel = operation === "nor_conv_3x3" ? 3 : operation === "nor_conv_1x1" ? 1 : null;
    return {
      source,
      target,
      operation,
      unit: kernel && reluConvBn(`${name}.layers.${index}`, channels, channels, kernel),
      live: carries(edge) && reachesOutput(target),
    };
  });
  return { kind: "cell", name, channels, edges };
}
