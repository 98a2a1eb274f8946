/** The macro space of AnalogNAS. */
import { checkRandom, type Prng } from "../../random.ts";
import { distinct, pick, range, type SearchSpace } from "../search_space.ts";
import {
  type AnalogNas,
  analogNasText,
  canonicalAnalogNas,
  type Group,
  parseAnalogNas,
  widthsOf,
} from "./text.ts";

/** What a sample is drawn from; one to `groups` groups. */
export interface AnalogNasRanges {
  readonly channels: readonly number[];
  readonly groups: number;
  /** Most blocks of a group. */
  readonly blocks: number;
  readonly branches: number;
}

/** What the authors' code draws from: `randint` leaves out the upper end. */
const ANALOGNAS_RANGES: AnalogNasRanges = {
  channels: [8, 12, 16, 32, 48, 64],
  groups: 4,
  blocks: 15,
  branches: 4,
};

const FACTORS = [0.5, 0.6, 0.7, 0.8];
const canonicalText = (network: AnalogNas) => analogNasText(canonicalAnalogNas(network));

/**
 * AnalogNAS as a search space: depth counts the convolutions on the longest way and the classifier, width is
 * the last group's channels, branches the mean of a block's. Every block has a skip.
 */
export const analogNasSpace: SearchSpace = {
  id: "analognas",
  example: "analognas:8:1x2w0.5,2x1w0.7",
  scale: [],
  parse: (text) => analogNasText(parseAnalogNas(text)),
  canonical: (text) => canonicalText(parseAnalogNas(text)),
  neighbours(text) {
    const own = canonicalText(parseAnalogNas(text));
    const near = neighbours(canonicalAnalogNas(parseAnalogNas(text))).map(canonicalText);
    return [...new Set(near)].filter((other) => other !== own);
  },
  sample: (n, random) => sampleAnalogNas(n, random),
  shape(text) {
    const network = canonicalAnalogNas(parseAnalogNas(text));
    const blocks = network.groups.reduce((sum, group) => sum + group.blocks, 0);
    const branches = network.groups.reduce((sum, g) => sum + g.blocks * g.branches, 0) / blocks;
    const width = widthsOf(network).at(-1)!;
    return { depth: 2 * blocks + 2, width, skips: blocks, branches };
  },
};

/** `n` different networks of the sound variant, each number uniform in its range, factors in thousandths. */
export function sampleAnalogNas(n: number, random: Prng, ranges = ANALOGNAS_RANGES): string[] {
  checkRandom(random);
  return distinct(n, () => {
    const count = 1 + random.integer(ranges.groups);
    const groups = range(1, count).map((g): Group => ({
      blocks: g === 1 ? 1 + random.integer(ranges.blocks) : random.integer(ranges.blocks + 1),
      branches: 1 + random.integer(ranges.branches),
      factor: (500 + random.integer(301)) / 1000,
    }));
    return canonicalText({ channels: pick(ranges.channels, random), groups, variant: "corrected" });
  });
}

/** One block or branch more or fewer, a factor or the channels to the next value, a group more or fewer. */
function neighbours(network: AnalogNas): AnalogNas[] {
  const { channels, groups } = network, ladder = ANALOGNAS_RANGES.channels;
  const near: AnalogNas[] = [];
  const change = (g: number, group: Partial<Group>) =>
    near.push({ ...network, groups: groups.with(g, { ...groups[g], ...group }) });
  groups.forEach(({ blocks, branches, factor }, g) => {
    if (blocks > 1) change(g, { blocks: blocks - 1 });
    if (blocks < ANALOGNAS_RANGES.blocks) change(g, { blocks: blocks + 1 });
    if (branches > 1) change(g, { branches: branches - 1 });
    if (branches < ANALOGNAS_RANGES.branches) change(g, { branches: branches + 1 });
    for (const next of [FACTORS.find((f) => f > factor), FACTORS.findLast((f) => f < factor)]) {
      if (next !== undefined) change(g, { factor: next });
    }
  });
  for (const next of [ladder.find((c) => c > channels), ladder.findLast((c) => c < channels)]) {
    if (next !== undefined) near.push({ ...network, channels: next });
  }
  if (groups.length > 1) near.push({ ...network, groups: groups.slice(0, -1) });
  if (groups.length < ANALOGNAS_RANGES.groups) {
    near.push({ ...network, groups: [...groups, groups.at(-1)!] });
  }
  return near;
}
