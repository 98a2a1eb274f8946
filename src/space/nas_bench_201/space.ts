/** NAS-Bench-201 as a search space like the others. */
import type { Prng } from "../../random.ts";
import type { SearchSpace } from "../search_space.ts";
import { archStr, parseCell } from "./arch_str.ts";
import { neighbours } from "./neighbours.ts";
import { SKIP } from "./operation.ts";
import { sampleUniform } from "./sample.ts";
import { depth, liveEdges, pathCount, width } from "./shape.ts";

/**
 * The cells of NAS-Bench-201; their text is the NAS-Bench-201 string, with or without `nas_bench_201:` ahead.
 * Each of the 15,625 strings is a row of its own, so all are canonical; which compute the same is
 * `canonicalString`'s matter. Skips count live edges, branches paths.
 */
export const nasBench201Space: SearchSpace = {
  id: "nas_bench_201",
  example:
    "|nor_conv_3x3~0|+|nor_conv_3x3~0|skip_connect~1|+|skip_connect~0|none~1|avg_pool_3x3~2|",
  scale: ["channels", "cellsPerStage"],
  parse: (text) => archStr(read(text)),
  canonical: (text) => archStr(read(text)),
  neighbours: (text) => neighbours(read(text)).map(archStr),
  sample: (n: number, random: Prng) => sampleUniform(n, random).map(archStr),
  shape(text) {
    const cell = read(text), live = liveEdges(cell);
    const skips = cell.filter((operation, edge) => operation === SKIP && live[edge]).length;
    return { depth: depth(cell), width: width(cell), skips, branches: pathCount(cell) };
  },
};

const read = (text: string) => parseCell(text.replace(/^\s*nas_bench_201:/, ""));
