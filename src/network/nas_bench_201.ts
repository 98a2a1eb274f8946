/**
 * The network of a NAS-Bench-201 cell (Dong & Yang 2020, section 2.1 and figure 1; xautodl's
 * `TinyNetwork` and `InferCell`).
 */
import { InputError } from "../input_error.ts";
import { archStr, type Cell, checkedCell, EDGES, OPERATIONS } from "../space/mod.ts";
import { convolution, type ConvolutionUnit } from "./layers.ts";
import { IMAGES, type NetworkPlan } from "./plan.ts";
import { type StepList, stepList } from "./steps.ts";

/** Size of a network: C and N of NAS-Bench-201 (16 and 5 in the benchmark), and the classes. */
export interface NetworkSize {
  /** C: channels of the first stage; the second has twice, the third four times as many. */
  readonly channels: number;
  /** N: cells in each of the three stages. */
  readonly cellsPerStage: number;
  readonly classes?: number;
}

/**
 * The network of `cell` for RGB images: stem, three stages of N cells with a reduction between them,
 * batch norm, ReLU, global average, linear classifier.
 *
 * @throws RangeError for channels or cells that are no positive whole numbers
 */
export function networkPlan(cell: Cell, size: NetworkSize): NetworkPlan {
  checkedCell(cell);
  const { channels, cellsPerStage, classes = 10 } = size ?? {};
  for (const [name, value] of Object.entries({ channels, cellsPerStage, classes })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(`A network needs a positive whole number as ${name}, not ${value}.`);
    }
  }
  const list = stepList();
  const stem = convolution("stem.0", 3, channels, 3, { readsData: true });
  let at = list.convolution(stem, { name: "stem.1", channels }, IMAGES);
  let block = 0;
  for (const stage of [0, 1, 2]) {
    const width = channels * 2 ** stage;
    if (stage > 0) at = addReduction(list, `cells.${block++}`, width / 2, width, at);
    for (let n = 0; n < cellsPerStage; n++) at = addCell(list, `cells.${block++}`, cell, width, at);
  }
  const features = 4 * channels;
  const lastNorm = { name: "lastact.0", channels: features };
  at = list.add(lastNorm.name, { kind: "batch_norm", layer: lastNorm }, [at]);
  at = list.relu("lastact", at);
  at = list.add("global_average", { kind: "global_average" }, [at]);
  const classifier = { name: "classifier", inFeatures: features, outFeatures: classes };
  list.add(classifier.name, { kind: "linear", layer: classifier }, [at]);
  const architecture = { space: "nas_bench_201", text: archStr(cell) } as const;
  return { architecture, scale: { channels, cellsPerStage }, classes, steps: list.steps };
}

/** [place in the published tuple] in the order of the NAS-Bench-201 string, which numbers the state's names. */
const STRING_ORDER = [0, 1, 3, 2, 4, 5];

/** The cell `cell` behind the step `input`: each of its nodes is the sum of its incoming edges. */
function addCell(list: StepList, name: string, cell: Cell, channels: number, input: string) {
  const carries = (edge: number) => OPERATIONS[cell[edge]] !== "none";
  const reachesOutput = (node: number): boolean =>
    node === 3 || EDGES.some(([s, t], e) => s === node && carries(e) && reachesOutput(t));
  // A node's ReLU is shared by the convolutions that read it; dead where all of these are.
  const activeIsLive = (node: number) =>
    EDGES.some(([s, t], e) =>
      s === node && OPERATIONS[cell[e]].startsWith("nor_conv") && reachesOutput(t)
    );
  const nodes = [input], active: string[] = [];
  for (const target of [1, 2, 3]) {
    const live = reachesOutput(target), terms: string[] = [];
    STRING_ORDER.forEach((edge, index) => {
      const [source, t] = EDGES[edge], operation = OPERATIONS[cell[edge]];
      if (t !== target || operation === "none") return;
      const edgeName = `${name}.layers.${index}`;
      if (operation === "skip_connect") terms.push(nodes[source]);
      else if (operation === "avg_pool_3x3") {
        const pool = { kind: "average_pool", size: 3, stride: 1, padding: "same" } as const;
        terms.push(list.add(edgeName, pool, [nodes[source]], live));
      } else {
        active[source] ??= list.relu(
          `${name}.node.${source}`,
          nodes[source],
          activeIsLive(source),
        );
        const kernel = operation === "nor_conv_3x3" ? 3 : 1;
        const unit = convBn(edgeName, channels, channels, kernel);
        terms.push(list.unit(unit, active[source], live));
      }
    });
    const operation = { kind: terms.length > 0 ? "sum" : "zeros" } as const;
    nodes.push(
      list.add(`${name}.sum.${target}`, operation, terms.length > 0 ? terms : [input], live),
    );
  }
  return nodes[3];
}

/** The residual block behind `input` that halves height and width and doubles the channels. */
function addReduction(list: StepList, name: string, from: number, to: number, input: string) {
  const before = list.relu(`${name}.conv_a`, input);
  const inner = list.unit(convBn(`${name}.conv_a`, from, to, 3, 2), before);
  const between = list.relu(`${name}.conv_b`, inner);
  const main = list.unit(convBn(`${name}.conv_b`, to, to, 3), between);
  const pool = { kind: "average_pool", size: 2, stride: 2, padding: "valid" } as const;
  const pooled = list.add(`${name}.downsample.0`, pool, [input]);
  const shortcut = list.convolution(
    convolution(`${name}.downsample.1`, from, to, 1),
    null,
    pooled,
  );
  return list.add(`${name}.sum`, { kind: "sum" }, [shortcut, main]);
}

/** The convolution and batch norm of xautodl's ReLUConvBN, whose members PyTorch numbers 0, 1, 2. */
function convBn(
  name: string,
  inChannels: number,
  outChannels: number,
  kernel: number,
  stride: 1 | 2 = 1,
): ConvolutionUnit {
  return {
    convolution: convolution(`${name}.op.1`, inChannels, outChannels, kernel, { stride }),
    norm: { name: `${name}.op.2`, channels: outChannels },
  };
}
