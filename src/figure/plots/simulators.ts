/** `simulators`: the same trained cells on two simulators and their memories. */
import {
  type AnalogCondition,
  onTiles,
  type OrderPair,
  type ReadingAgreement,
  type Study,
  type WireLoss,
} from "../../analyse/mod.ts";
import { below, beside, figure } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { memoryWords, shortMemory } from "../grammar/memories.ts";
import { agreementPanel, verdictPanel, wirePanel } from "./simulator_panels.ts";

/** Smallest and largest of some numbers, in words. */
function range(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => fixed(value, 2));
  return low === high ? low : `${low} to ${high}`;
}

/** Whether an agreement ends below what noise alone would allow. */
const isBelow = ({ tau, ceiling }: OrderPair) => tau.high < ceiling;

/** What the title says of the readings on the arrays. */
function finding(readings: readonly ReadingAgreement[]): string {
  const pairsOf = (name: AnalogCondition) =>
    readings.flatMap((r) => r.condition === name ? onTiles(r) ?? [] : []);
  const [hwt, noisy] = [pairsOf("hwt"), pairsOf("noisy")];
  const taus = (pairs: readonly OrderPair[]) => pairs.map(({ tau }) => tau.estimate);
  const keep = hwt.every(({ tau }) => tau.low > 0) ? "keep" : "do not all keep";
  const isLess = Math.max(...taus(noisy)) < Math.min(...taus(hwt));
  const untouched = isLess
    ? `, untouched weights less so (${range(taus(noisy))})`
    : ` (${range(taus(noisy))} untouched)`;
  const all = [...hwt, ...noisy], below = all.filter(isBelow).length;
  return `HWT cells ${keep} their order on a second simulator’s memories ` +
    `(τ = ${range(taus(hwt))} with AIHWKit’s PCM)${untouched}; ` +
    `${below} of ${all.length} lie below what programming noise allows`;
}

/** What is said of the panel, line by line; nothing where there is none. */
function wireWords(letter: string, losses: readonly WireLoss[]): string[] {
  if (losses.length === 0) return [];
  const [{ device, events }] = losses, cells = Math.max(...losses.map((loss) => loss.cells));
  return [
    `${letter}: ${shortMemory(device)} with resistance in every wire between neighbouring cells,`,
    `against the same ${events} programming events without; ${cells} cells, evenly spaced by their`,
    `published rank.`,
  ];
}

export function simulators(study: Study) {
  const { memories, readingAgreements: all, memoryClaims, claims, replicatedClaims, wireLosses } =
    study;
  const arrays = memories.filter(({ simulator }) => simulator === "crosssim");
  const onArrays = all.filter(({ device }) => arrays.some((memory) => memory.device === device));
  if (onArrays.length === 0) {
    throw new RangeError("No memory is measured: deno task ablate devices --units 64.");
  }
  const tiles = all.flatMap((reading) => {
    const pair = onTiles(reading);
    if (pair === null) return [];
    // Against a single event it is a lower bound alone.
    return [{ reading, ...pair.tau, ceiling: pair === reading.own ? undefined : pair.ceiling }];
  });
  const published = all.map((reading) => ({ reading, ...reading.published.tau }));
  const isNew = onArrays.every((reading) => onTiles(reading) === reading.aihwkit);
  const panels = [
    agreementPanel("a", "Same order as AIHWKit’s PCM?", tiles, true),
    agreementPanel("b", "Same as published?", published, false),
    verdictPanel(claims, replicatedClaims, memoryClaims),
  ];
  const resolve = { scale: { color: "independent" } } as const;
  const sizes = memories.map(({ device, cells }) => `${memoryWords(device).label} ${cells.length}`);
  return figure({
    numbers: {
      cells: memories.map(({ device, cells }) => ({ device, cells: cells.length })),
      agreements: all,
      claims: memoryClaims.map(({ device, claims }) => ({
        device,
        claims: claims.map(({ id, measured }) => ({ id, own: measured })),
      })),
      wires: wireLosses,
    },
    alt:
      "Left and middle, rank agreement of each memory's readings with AIHWKit's PCM and with the " +
      "published table as dots with intervals and a tick where programming noise would end it; right, " +
      "a grid of verdicts, a row a published claim and a column a source; below it points lost to wires.",
    finding: finding(onArrays),
    reading: [
      `The same trained weights on the same 1,000 test images, 25 programming events each. Cells:`,
      `${sizes.join(", ")}.`,
      `a: Kendall τ-b of each memory with AIHWKit’s PCM at the time nearest to`,
      isNew ? `it, the tiles themselves with` : `it, or with`,
      `the replication’s rows of one event;`,
      `b: with the published table. Lines: 95 % interval, clustered by expression; tick: what one order`,
      `measured twice would reach, given the spread of programming. c: criteria met of all, the claims`,
      `judged on the table, on the replication, and on each memory; on the memories a criterion’s`,
      `intervals hold in all of them at once (Bonferroni). Not tested: the cells or times cannot say.`,
      ...wireWords("d", wireLosses),
    ],
    view: {
      ...below(
        20,
        { ...beside(16, ...panels), resolve },
        ...(wireLosses.length === 0 ? [] : [wirePanel("d", wireLosses)]),
      ),
      resolve,
    },
  });
}
