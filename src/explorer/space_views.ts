/** How a network of each space is shown. A space without an entry is shown by its text. */
import {
  archStr,
  cellAt,
  cellIndex,
  cellText,
  DARTS_OPERATIONS,
  type DartsCell,
  parseAnalogNas,
  parseCell,
  parseDarts,
  parseResNet,
  SPACES,
  widthsOf,
} from "../space/mod.ts";
import { cellSvg } from "./drawing.ts";
import { escaped } from "./html.ts";

/** What a page needs to know of a space. */
export interface SpaceView {
  readonly label: string;
  /** A short name of the network in it. */
  readonly name: (network: string) => string;
  /** Markup: a drawing, or the structure in words. */
  readonly drawing: (network: string) => string;
}

/** A box of a drawing: two lines of text. */
type Box = readonly [title: string, detail: string];

/** Boxes in a row, data flowing to the right. */
function boxesSvg(boxes: readonly Box[], said: string): string {
  const width = 104, gap = 24;
  const drawn = boxes.map(([title, detail], k) => {
    const x = k * (width + gap), middle = x + width / 2;
    const arrow = k === 0 ? "" : `<path class="flow" d="M${x - gap} 36H${x - 5}m-6 -5l6 5l-6 5"/>`;
    return `${arrow}<rect class="box" x="${x}" y="8" width="${width}" height="56" rx="6"/>` +
      `<text x="${middle}" y="32" text-anchor="middle">${escaped(title)}</text>` +
      `<text x="${middle}" y="50" text-anchor="middle">${escaped(detail)}</text>`;
  });
  const whole = boxes.length * (width + gap) - gap;
  return `<svg class="boxes" viewBox="-2 0 ${
    whole + 4
  } 72" style="max-width:${whole}px" role="img" ` +
    `aria-label="${escaped(said)}">${drawn.join("")}</svg>`;
}

const SHORTCUTS = {
  A: "shortcuts without parameters",
  B: "shortcuts by a 1×1 convolution where the shape changes",
  none: "no shortcuts",
};

/** Words of a structure as a sentence of their own. */
const sentence = (words: string) => `<p>${words[0].toUpperCase()}${words.slice(1)}.</p>`;

function resNet(network: string): string {
  const { blocks, widths, shortcut, kernels } = parseResNet(network);
  const boxes = blocks.map((n, k): Box => [
    `${n} block${n === 1 ? "" : "s"}`,
    `${widths[k]} channels`,
  ]);
  const [a, b] = kernels;
  const words = `${SHORTCUTS[shortcut]}; a block has kernels ${a}×${a} and ${b}×${b}`;
  return boxesSvg(
    [["stem", "conv 3×3"], ...boxes, ["classifier", "linear"]],
    `${network}: ${words}`,
  ) +
    sentence(words);
}

function analogNas(network: string): string {
  const architecture = parseAnalogNas(network), widths = widthsOf(architecture);
  const boxes = architecture.groups.map(({ blocks, branches }, k): Box => [
    `${Math.max(1, blocks)} × ${branches} branch${branches === 1 ? "" : "es"}`,
    `${widths[k]} channels`,
  ]);
  const words = `groups of blocks with so many parallel branches; ${architecture.variant} variant`;
  return boxesSvg(
    [["stem", `${architecture.channels} channels`], ...boxes, ["classifier", "linear"]],
    `${network}: ${words}`,
  ) + sentence(words);
}

function dartsCell(title: string, cell: DartsCell): string {
  const nodes = cell.map((edges, k) => {
    const inputs = edges.map(({ operation, input }) => `${operation} of node ${input}`);
    return `<li>node ${k + 2}: ${inputs.join(" + ")}</li>`;
  });
  return `<div><h4>${title}</h4><ul>${nodes.join("")}</ul></div>`;
}

function darts(network: string): string {
  const { normal, reduction } = parseDarts(network);
  return `<div class="two">${dartsCell("Normal cell", normal)}${
    dartsCell("Reduction cell", reduction)
  }</div><p>Nodes 0 and 1 are the outputs of the two cells before; operations: ${
    DARTS_OPERATIONS.join(", ")
  }.</p>`;
}

const itself = (network: string) => network;

/** The registry: to show a further space, a line here. */
export const SPACE_VIEWS: Readonly<Record<string, SpaceView>> = {
  nas_bench_201: {
    label: "NAS-Bench-201",
    name: (network) => cellText(parseCell(network)),
    drawing: (network) => {
      const cell = cellAt(cellIndex(parseCell(network)));
      return `<div class="drawing">${cellSvg(cell)}</div><p><code>${
        escaped(archStr(cell))
      }</code>. <a href="explorer.html#path=${
        cell.join("")
      }">This cell in the published table</a></p>`;
    },
  },
  resnet: { label: "ResNets", name: itself, drawing: resNet },
  analognas: { label: "AnalogNAS's macro space", name: itself, drawing: analogNas },
  darts: { label: "DARTS", name: itself, drawing: darts },
};

/** How a space is shown, registered or not. */
export function spaceView(space: string): SpaceView {
  return SPACE_VIEWS[space] ?? {
    label: space.replaceAll("_", " "),
    name: itself,
    drawing: (network) => `<p><code>${escaped(network)}</code></p>`,
  };
}

/** Depth, width, skips and branches in words; empty for a space that the project does not build. */
export function shapeText(space: string, network: string): string {
  if (!Object.hasOwn(SPACES, space)) return "";
  const { depth, width, skips, branches } = SPACES[space as keyof typeof SPACES].shape(network);
  const many = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  return `Depth ${depth}, width ${width}, ${many(skips, "skip connection")}, ` +
    `${many(branches, "operation")} side by side.`;
}
