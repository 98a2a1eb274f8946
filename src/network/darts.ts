/**
 * The network of DARTS cells (Liu et al. 2019; xautodl's `NetworkCIFAR`). The auxiliary head and drop path,
 * which act in training only, are left out.
 */
import { InputError } from "../input_error.ts";
import {
  type Darts,
  type DartsCell,
  type DartsEdge,
  type DartsOperation,
  dartsText,
} from "../space/mod.ts";
import { convolution } from "./layers.ts";
import { IMAGES, type NetworkPlan } from "./plan.ts";
import { type StepList, stepList } from "./steps.ts";

/** Size of a network of DARTS cells: 36 and 6 in the paper, 32 and 2 in NAS-Bench-301. */
export interface DartsSize {
  /** C: channels of a node in the first stage; the second has twice, the third four times as many. */
  readonly channels: number;
  /** N: normal cells in each of the three stages; 0 leaves the two reductions alone. */
  readonly cellsPerStage: number;
  readonly classes?: number;
}

/** A tensor on the way: its step and its channels. */
interface Features {
  readonly at: string;
  readonly channels: number;
}

/**
 * The network for RGB images: a stem of 3 C channels, N normal cells, a reduction, N, a reduction, N, global
 * average, linear classifier.
 *
 * @throws RangeError for channels that are no positive, or cells that are no whole number
 */
export function dartsPlan(network: Darts, size: DartsSize): NetworkPlan {
  dartsText(network); // refuses what is no network
  const { channels, cellsPerStage, classes = 10 } = size ?? {};
  if (![channels, cellsPerStage].every(Number.isInteger) || channels < 1 || cellsPerStage < 0) {
    throw new InputError(
      "A network of DARTS cells needs a positive whole number as channels and a whole number as " +
        `cellsPerStage, not ${channels} and ${cellsPerStage}.`,
    );
  }
  const list = stepList();
  const stem = convolution("stem.conv", 3, 3 * channels, 3, { readsData: true });
  const at = list.convolution(stem, { name: "stem.bn", channels: 3 * channels }, IMAGES);
  let before: Features = { at, channels: 3 * channels }, last = before;
  let wasReduction = false, number = 0;
  const addNext = (isReduction: boolean, width: number) => {
    const cell = isReduction ? network.reduction : network.normal;
    const kind = { name: `cells.${number++}`, width, isReduction, wasReduction };
    [before, last] = [last, addCell(list, cell, kind, before, last)];
    wasReduction = isReduction;
  };
  for (const stage of [0, 1, 2]) {
    if (stage > 0) addNext(true, channels * 2 ** stage);
    for (let n = 0; n < cellsPerStage; n++) addNext(false, channels * 2 ** stage);
  }
  const average = list.add("global_average", { kind: "global_average" }, [last.at]);
  const classifier = { name: "classifier", inFeatures: last.channels, outFeatures: classes };
  list.add(classifier.name, { kind: "linear", layer: classifier }, [average]);
  const architecture = { space: "darts", text: dartsText(network) } as const;
  return { architecture, scale: { channels, cellsPerStage }, classes, steps: list.steps };
}

interface CellKind {
  readonly name: string;
  /** Channels of each node. */
  readonly width: number;
  readonly isReduction: boolean;
  /** Whether the cell before was one: then the cell before that has twice the pixels. */
  readonly wasReduction: boolean;
}

/** The four nodes of a cell, joined. */
function addCell(
  list: StepList,
  cell: DartsCell,
  { name, width, isReduction, wasReduction }: CellKind,
  before: Features,
  last: Features,
): Features {
  const reluOf = (input: string) => list.relu(`${name}.relu.${input}`, input);
  const preprocessed = [before, last].map(({ at, channels }, i) => {
    const own = `${name}.preprocess${i}`;
    if (i === 0 && wasReduction) {
      return addFactorizedReduction(list, own, channels, width, reluOf(at));
    }
    // Both inputs of the first cell are the stem: one ReLU each keeps the names apart.
    const active = list.relu(`${own}.op.0`, at);
    const norm = { name: `${own}.op.2`, channels: width };
    return list.convolution(convolution(`${own}.op.1`, channels, width, 1), norm, active);
  });
  const nodes = [...preprocessed], active: string[] = [];
  const activeOf = (node: number) =>
    active[node] ??= list.relu(`${name}.node.${node}`, nodes[node]);
  cell.forEach((node, n) => {
    const terms = node.map((edge, e) => {
      const stride = isReduction && edge.input < 2 ? 2 : 1;
      const place = { name: `${name}._ops.${2 * n + e}`, width, stride } as const;
      return addEdge(list, edge, place, nodes, activeOf);
    });
    nodes.push(list.add(`${name}.sum.${n + 2}`, { kind: "sum" }, terms));
  });
  const at = list.add(`${name}.joined`, { kind: "concatenate" }, nodes.slice(2));
  return { at, channels: 4 * width };
}

/** Kernel, number of depthwise convolutions in a row, and dilation. */
const CONVOLUTIONS: Partial<Record<DartsOperation, readonly [number, number, number]>> = {
  sep_conv_3x3: [3, 2, 1],
  sep_conv_5x5: [5, 2, 1],
  dil_conv_3x3: [3, 1, 2],
  dil_conv_5x5: [5, 1, 2],
};

function addEdge(
  list: StepList,
  { operation, input }: DartsEdge,
  { name, width, stride }: {
    readonly name: string;
    readonly width: number;
    readonly stride: 1 | 2;
  },
  nodes: readonly string[],
  activeOf: (node: number) => string,
): string {
  const convolutions = CONVOLUTIONS[operation];
  if (convolutions !== undefined) {
    const [kernel, count, dilation] = convolutions;
    let at = activeOf(input);
    for (let turn = 0; turn < count; turn++) {
      const first = 4 * turn, op = (member: number) => `${name}.op.${first + member}`;
      if (turn > 0) at = list.relu(op(0), at);
      const settings = { groups: width, dilation, stride: turn === 0 ? stride : 1 } as const;
      at = list.convolution(convolution(op(1), width, width, kernel, settings), null, at);
      const norm = { name: op(3), channels: width };
      at = list.convolution(convolution(op(2), width, width, 1), norm, at);
    }
    return at;
  }
  if (operation === "max_pool_3x3") {
    return list.add(name, { kind: "max_pool", size: 3, stride, padding: 1 }, [nodes[input]]);
  }
  if (operation === "avg_pool_3x3") {
    // The windows of stride 2 are every other one of stride 1.
    const pool = { kind: "average_pool", size: 3, stride: 1, padding: "same" } as const;
    const pooled = list.add(name, pool, [nodes[input]]);
    if (stride === 1) return pooled;
    return list.add(`${name}.subsample`, { kind: "subsample", stride, start: 0 }, [pooled]);
  }
  if (stride === 1) return nodes[input];
  return addFactorizedReduction(list, name, width, width, activeOf(input));
}

/** Two 1x1 convolutions on every other pixel, the second one pixel on, side by side; one batch norm. */
function addFactorizedReduction(
  list: StepList,
  name: string,
  from: number,
  to: number,
  active: string,
): string {
  const half = Math.floor(to / 2);
  const halves = [half, to - half].map((channels, i) => {
    const pixels = { kind: "subsample", stride: 2, start: i as 0 | 1 } as const;
    const input = list.add(`${name}.pixels.${i}`, pixels, [active]);
    return list.convolution(convolution(`${name}.convs.${i}`, from, channels, 1), null, input);
  });
  const joined = list.add(`${name}.joined`, { kind: "concatenate" }, halves);
  const norm = { name: `${name}.bn`, channels: to };
  return list.add(norm.name, { kind: "batch_norm", layer: norm }, [joined]);
}
