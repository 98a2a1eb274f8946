/**
 * The network of the AnalogNAS macro space (Benmeziane et al. 2023), pre-activation.
 *
 * `published` is what the authors' code builds: a 7x7 stem with padding 1, no stride anywhere, an 8x8 average
 * at each of 21 x 21 places into the classifier, and a projection whose second half has no ReLU. The sound
 * variant has a 3x3 stem, stride 2 in the first block of the last two groups (never of the first), ReLU
 * ahead of both halves and a global average.
 */
import { wholeNumber } from "../arguments.ts";
import { type AnalogNas, analogNasText, widthsOf } from "../space/mod.ts";
import { convolution } from "./layers.ts";
import { IMAGES, type NetworkPlan } from "./plan.ts";
import { type StepList, stepList } from "./steps.ts";

/** Pixels, in each direction, that the published network's average leaves of an image of 32. */
const PUBLISHED_POSITIONS = 21;

/** What a block is like, beside its name and its input. */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly branches: number;
  readonly stride: 1 | 2;
  readonly isPublished: boolean;
}

/** The network for RGB images of 32 x 32 pixels. */
export function analogNasPlan(network: AnalogNas, classes = 10): NetworkPlan {
  wholeNumber("classes of a network", classes, 1);
  analogNasText(network); // refuses what is no network
  const { channels, groups, variant } = network, widths = widthsOf(network), list = stepList();
  const isPublished = variant === "published";
  const stem = convolution("stem", 3, channels, isPublished ? 7 : 3, {
    padding: 1,
    readsData: true,
  });
  let at = list.convolution(stem, { name: "bn", channels }, IMAGES);
  let from = channels;
  groups.forEach(({ blocks, branches }, g) => {
    const isLate = g > 0 && g >= groups.length - 2;
    for (let block = 0; block < Math.max(1, blocks); block++) {
      const stride = !isPublished && isLate && block === 0 ? 2 : 1;
      const kind = { from, to: widths[g], branches, stride, isPublished } as const;
      at = addBlock(list, `groups.${g}.${block}`, kind, at);
      from = widths[g];
    }
  });
  at = list.relu("relu", at);
  if (isPublished) {
    const pool = { kind: "average_pool", size: 8, stride: 1, padding: "valid" } as const;
    at = list.add("flatten", { kind: "flatten" }, [list.add("pool", pool, [at])]);
  } else at = list.add("global_average", { kind: "global_average" }, [at]);
  const inFeatures = from * (isPublished ? PUBLISHED_POSITIONS ** 2 : 1);
  const fc = { name: "fc", inFeatures, outFeatures: classes };
  list.add(fc.name, { kind: "linear", layer: fc }, [at]);
  const architecture = { space: "analognas", text: analogNasText(network) } as const;
  return { architecture, scale: {}, classes, steps: list.steps };
}

/** The sum of the branches and of the input, projected where the shape changes. */
function addBlock(list: StepList, name: string, block: Block, input: string): string {
  const { from, to, branches, stride } = block;
  const active = list.relu(`${name}.relu`, input), terms: string[] = [];
  for (let b = 0; b < branches; b++) {
    const branch = `${name}.branches.${b}`;
    const norm = (which: string) => ({ name: `${branch}.${which}`, channels: to });
    const first = convolution(`${branch}.conv1`, from, to, 3, { stride });
    const inner = list.relu(`${branch}.relu`, list.convolution(first, norm("bn1"), active));
    const second = convolution(`${branch}.conv2`, to, to, 3);
    terms.push(list.convolution(second, norm("bn2"), inner));
  }
  const changes = from !== to || stride !== 1;
  terms.push(changes ? addProjection(list, `${name}.skip`, block, input, active) : input);
  return list.add(`${name}.sum`, { kind: "sum" }, terms);
}

/** Two 1x1 convolutions side by side, the second on the image moved one pixel up and left; one batch norm. */
function addProjection(
  list: StepList,
  name: string,
  { from, to, stride, isPublished }: Block,
  input: string,
  active: string,
): string {
  const half = Math.floor(to / 2);
  const straight = stride === 1
    ? active
    : list.add(`${name}.straight`, { kind: "subsample", stride, start: 0 }, [active]);
  const source = isPublished ? input : active;
  const moved = list.add(`${name}.moved`, { kind: "subsample", stride, start: 1 }, [source]);
  const halves = [
    list.convolution(convolution(`${name}.conv1`, from, half, 1), null, straight),
    list.convolution(convolution(`${name}.conv2`, from, to - half, 1), null, moved),
  ];
  const joined = list.add(`${name}.joined`, { kind: "concatenate" }, halves);
  const norm = { name: `${name}.bn`, channels: to };
  return list.add(norm.name, { kind: "batch_norm", layer: norm }, [joined]);
}
