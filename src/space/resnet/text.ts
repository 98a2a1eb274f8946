/**
 * ResNets for images of 32 pixels (He et al. 2016, section 4.2) as text: "resnet:3x16-3x32-3x64:A" has three
 * stages of 3 blocks, with 16, 32 and 64 channels. ":31" behind it makes the kernels of a block 3 and 1.
 */
import { hasLength, hasMembers } from "../../arguments.ts";
import { distance } from "fastest-levenshtein";
import { InputError } from "../../input_error.ts";
import { nearest, noNetwork, range } from "../search_space.ts";

/**
 * What leads around a block. `A`: where the shape changes, every other pixel and channels of zeros, no
 * parameters (He's own for CIFAR-10); `B`: there a 1x1 convolution with batch norm; `none`: nothing, in any
 * block (the plain network).
 */
export const SHORTCUTS = ["A", "B", "none"] as const;
/** What a block adds to its output. */
export type Shortcut = (typeof SHORTCUTS)[number];

/** An architecture of the space. */
export interface ResNet {
  /** Blocks of each of the three stages, 1..18. */
  readonly blocks: readonly [number, number, number];
  /** Channels of each stage, 4..256, not decreasing. */
  readonly widths: readonly [number, number, number];
  readonly shortcut: Shortcut;
  /** Height and width of a block's two kernels. */
  readonly kernels: readonly [1 | 3, 1 | 3];
}

export const BLOCKS = range(1, 18);
const WIDTHS = range(4, 256);
const KERNELS = ["33", "31", "13", "11"];

/** Reads "resnet:3x16-3x32-3x64:A" or "...:A:31". Throws InputError that names the nearest ResNet. */
export function parseResNet(text: string): ResNet {
  const match = String(text).trim().match(
    /^resnet:(\d+)x(\d+)-(\d+)x(\d+)-(\d+)x(\d+):([a-z]+)(?::(\d+))?$/i,
  );
  if (match === null) {
    throw new InputError(
      `"${text}" is no ResNet. Write resnet:<blocks>x<channels> for three stages, joined by -, then the ` +
        "shortcut (A, B or none), for example resnet:3x16-3x32-3x64:A; :31 behind it sets the kernels.",
    );
  }
  const numbers = match.slice(1, 7).map(Number);
  const counts = numbers.filter((_, i) => i % 2 === 0), widths = numbers.filter((_, i) => i % 2);
  const [shortcut, kernels] = [match[7], match[8] ?? "33"];
  const rising = widths.map((w, i) => nearest(WIDTHS, Math.max(w, ...widths.slice(0, i))));
  const [kind, pair] = [closest(SHORTCUTS, shortcut), closest(KERNELS, kernels)];
  const valid: ResNet = {
    blocks: counts.map((n) => nearest(BLOCKS, n)) as unknown as ResNet["blocks"],
    widths: rising as unknown as ResNet["widths"],
    shortcut: kind,
    kernels: [...pair].map(Number) as unknown as ResNet["kernels"],
  };
  const refuse = (reason: string) => noNetwork(text, reason, written(valid));
  if (counts.join() !== valid.blocks.join()) throw refuse("a stage has 1 to 18 blocks");
  if (widths.join() !== rising.join()) {
    throw refuse("a stage has 4 to 256 channels, and no fewer than the stage before");
  }
  if (shortcut !== kind) throw refuse(`"${shortcut}" is no shortcut (${SHORTCUTS.join(", ")})`);
  if (kernels !== pair) throw refuse(`the kernels of a block are 3 or 1, not "${kernels}"`);
  return valid;
}

/** The text of a ResNet; kernels of 3 and 3 are left out. Throws InputError for what is none. */
export function resNetText(network: ResNet): string {
  const from = "space.parseResNet reads one from a text.";
  hasMembers("A ResNet", network, ["blocks", "widths", "shortcut", "kernels"], from);
  hasLength("blocks of a ResNet", network.blocks, 3);
  hasLength("widths of a ResNet", network.widths, 3);
  hasLength("kernels of a ResNet", network.kernels, 2);
  const text = written(network);
  parseResNet(text);
  return text;
}

function written({ blocks, widths, shortcut, kernels }: ResNet): string {
  const stages = blocks.map((n, stage) => `${n}x${widths[stage]}`).join("-");
  const pair = kernels.join("");
  return `resnet:${stages}:${shortcut}${pair === "33" ? "" : `:${pair}`}`;
}

function closest<T extends string>(names: readonly T[], name: string): T {
  const far = names.map((n) => distance(n.toLowerCase(), name.toLowerCase()));
  return names[far.indexOf(Math.min(...far))];
}
