/**
 * The ResNet-like macro space of AnalogNAS (Benmeziane et al. 2023) as text: "analognas:8:1x2w0.5,2x1w0.7"
 * starts with 8 channels and has two groups, of 1 block with 2 branches and 2 blocks with 1 branch.
 *
 * As the authors' code builds it (github.com/IBM/analog-nas), 0 blocks are 1, and the factor divides: 0.5
 * doubles the channels. ":published" behind the text asks for that network to the letter, which never
 * strides; without it the sound variant is meant.
 */
import { hasMembers } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import { nearest, noNetwork, range } from "../search_space.ts";

/** Blocks of one width. */
export interface Group {
  /** 0..15; 0 builds one block, as 1 does. */
  readonly blocks: number;
  /** Parallel branches of each block, 1..4. */
  readonly branches: number;
  /** The channels are divided by this, 0.5..0.8. */
  readonly factor: number;
}

/** An architecture of the space. */
export interface AnalogNas {
  /** Channels of the stem, 1..64. */
  readonly channels: number;
  /** One to five. */
  readonly groups: readonly Group[];
  readonly variant: "corrected" | "published";
}

/** Blocks, branches and channels that the text admits. */
const ADMITTED = { blocks: range(0, 15), branches: range(1, 4), channels: range(1, 64) };
const FACTOR = { min: 0.5, max: 0.8, decimals: 6 };

/** Python's floor division of floats: 8 // 0.8 is 9, for the double 0.8 lies above 4/5. Exact, as % is. */
const floorDivide = (a: number, b: number): number => Math.round((a - a % b) / b);

/** Channels of each group. */
export function widthsOf(network: AnalogNas): number[] {
  const { channels, groups } = checked(network);
  const widths: number[] = [];
  for (const { factor } of groups) widths.push(floorDivide(widths.at(-1) ?? channels, factor));
  return widths;
}

/** Reads a text of the space. Throws InputError that names the nearest network. */
export function parseAnalogNas(text: string): AnalogNas {
  const match = String(text).trim().match(
    /^analognas:(\d+):((?:\d+x\d+w\d*\.?\d+)(?:,\d+x\d+w\d*\.?\d+)*)(:published)?$/i,
  );
  if (match === null) {
    throw new InputError(
      `"${text}" is no network of AnalogNAS. Write analognas:<channels>: and then ` +
        "<blocks>x<branches>w<factor> for each group, joined by commas, for example " +
        "analognas:8:1x2w0.5,2x1w0.7; :published behind it asks for the authors' network to the letter.",
    );
  }
  const channels = Number(match[1]);
  const groups = match[2].split(",").map((group) => {
    const [blocks, branches, factor] = group.split(/[xw]/i).map(Number);
    return { blocks, branches, factor };
  });
  const given: AnalogNas = { channels, groups, variant: match[3] ? "published" : "corrected" };
  const round = (factor: number) =>
    Number(Math.min(FACTOR.max, Math.max(FACTOR.min, factor)).toFixed(FACTOR.decimals));
  const valid: AnalogNas = {
    ...given,
    channels: nearest(ADMITTED.channels, channels),
    groups: groups.slice(0, 5).map(({ blocks, branches, factor }) => ({
      blocks: nearest(ADMITTED.blocks, blocks),
      branches: nearest(ADMITTED.branches, branches),
      factor: round(factor),
    })),
  };
  if (written(given) !== written(valid)) {
    const reason = "it has 1 to 64 channels and one to five groups of 0 to 15 blocks with 1 to 4 " +
      "branches and a factor from 0.5 to 0.8 with at most six decimals";
    throw noNetwork(text, reason, written(valid));
  }
  return valid;
}

/** The text of a network, its factors as they were given. Throws InputError for what is none. */
export const analogNasText = (network: AnalogNas): string => written(checked(network));

/** `network` itself; throws InputError, as reading its text does, where it is none of the space. */
function checked(network: AnalogNas): AnalogNas {
  hasMembers("A network of AnalogNAS", network, ["channels", "groups"], FROM);
  for (const group of network.groups) {
    hasMembers("A group", group, ["blocks", "branches", "factor"], FROM);
  }
  parseAnalogNas(written(network));
  return network;
}
const FROM = "space.parseAnalogNas reads one from a text.";

function written({ channels, groups, variant }: AnalogNas): string {
  const body = groups.map(({ blocks, branches, factor }) => `${blocks}x${branches}w${factor}`);
  return `analognas:${channels}:${body.join(",")}${variant === "published" ? ":published" : ""}`;
}

/** The same network in one spelling: at least one block, and of the factors that give its widths the roundest. */
export function canonicalAnalogNas(network: AnalogNas): AnalogNas {
  const widths = widthsOf(network);
  const groups = network.groups.map(({ blocks, branches, factor }, g) => ({
    blocks: Math.max(1, blocks),
    branches,
    factor: roundest(widths[g - 1] ?? network.channels, widths[g]) ?? factor,
  }));
  return { ...network, groups };
}

/** The factor of fewest decimals, the smallest of these, that turns `from` channels into `to`. */
function roundest(from: number, to: number): number | undefined {
  for (let decimals = 1; decimals <= FACTOR.decimals; decimals++) {
    const unit = 10 ** decimals;
    for (let k = FACTOR.min * unit; k <= FACTOR.max * unit; k++) {
      if (floorDivide(from, k / unit) === to) return k / unit;
    }
  }
}
