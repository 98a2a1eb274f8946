/** The space of ResNets. */
import type { Prng } from "../../random.ts";
import { distinct, pick, type SearchSpace } from "../search_space.ts";
import { BLOCKS, parseResNet, type ResNet, resNetText, SHORTCUTS } from "./text.ts";

/** Channels that neighbours and samples use. */
const LADDER = [4, 6, 8, 12, 16, 24, 28, 32, 48, 56, 64, 96, 128];

/** ResNets as a search space: depth counts convolutions and the classifier, skips the blocks with one. */
export const resNetSpace: SearchSpace = {
  id: "resnet",
  example: "resnet:3x16-3x32-3x64:A",
  scale: [],
  parse: (text) => resNetText(parseResNet(text)),
  canonical: (text) => resNetText(parseResNet(text)),
  neighbours: (text) => neighbours(parseResNet(text)).map(resNetText),
  sample: (n, random) => distinct(n, () => resNetText(draw(random))),
  shape(text) {
    const { blocks, widths, shortcut } = parseResNet(text);
    const total = blocks.reduce((a, b) => a + b, 0);
    const skips = shortcut === "none" ? 0 : total;
    return { depth: 2 * total + 2, width: widths[2], skips, branches: 1 };
  },
};

/** One block more or fewer, a width to the next of the ladder, another shortcut, another kernel. */
function neighbours(network: ResNet): ResNet[] {
  const { blocks, widths, shortcut, kernels } = network;
  const near: ResNet[] = [];
  for (const stage of [0, 1, 2]) {
    for (const step of [-1, 1]) {
      const n = blocks[stage] + step;
      if (BLOCKS.includes(n)) {
        near.push({ ...network, blocks: blocks.with(stage, n) as unknown as ResNet["blocks"] });
      }
      const next = step > 0
        ? LADDER.find((w) => w > widths[stage])
        : LADDER.findLast((w) => w < widths[stage]);
      const changed = next && widths.with(stage, next);
      if (changed && changed[0] <= changed[1] && changed[1] <= changed[2]) {
        near.push({ ...network, widths: changed as unknown as ResNet["widths"] });
      }
    }
  }
  const others = SHORTCUTS.filter((s) => s !== shortcut);
  near.push(...others.map((shortcut) => ({ ...network, shortcut })));
  for (const place of [0, 1]) {
    const changed = kernels.with(place, kernels[place] === 3 ? 1 : 3);
    near.push({ ...network, kernels: changed as unknown as ResNet["kernels"] });
  }
  return near;
}

/** Uniform over blocks, sets of widths from the ladder, shortcuts and kernels. */
function draw(random: Prng): ResNet {
  let widths: number[];
  do widths = [0, 1, 2].map(() => pick(LADDER, random)); while (
    widths[0] > widths[1] || widths[1] > widths[2]
  );
  return {
    blocks: [0, 1, 2].map(() => pick(BLOCKS, random)) as unknown as ResNet["blocks"],
    widths: widths as unknown as ResNet["widths"],
    shortcut: pick(SHORTCUTS, random),
    kernels: [pick([3, 1] as const, random), pick([3, 1] as const, random)],
  };
}
