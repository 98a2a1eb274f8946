/** What the study of DARTS cells asks: on one edge of the normal cell, what does a skip do to drift? */
import { canonicalDarts, DARTS_OPERATIONS, dartsText, parseDarts } from "../space/mod.ts";
import type { Contrast } from "./contrast.ts";

/**
 * A normal cell with one edge left open, `*`: to its first node, or to its last from a node ahead. Two or
 * three separable convolutions elsewhere are there to learn with. In `wide` cells the nodes read the cells
 * before, in `chained` ones the node ahead, in `mixed` ones both.
 */
const CONTEXTS = {
  wideFirst: "*0 21|31 20|30 22|21 53",
  chainedFirst: "*0 51|32 20|33 21|20 54",
  mixedFirst: "*0 21|50 32|31 20|22 34",
  wideLast: "50 21|31 20|30 22|21 *3",
  chainedLast: "50 51|32 20|33 21|20 *4",
  mixedLast: "50 21|50 32|31 20|34 *2",
} as const;
type Context = keyof typeof CONTEXTS;
/** One for all: poolings and skips, which are the cheapest. */
const REDUCTION = "10 21|11 20|10 22|11 23";

const SKIP = "skip_connect", CONVOLUTION = "sep_conv_3x3", POOLING = "avg_pool_3x3";
type Tried = typeof SKIP | typeof CONVOLUTION | typeof POOLING;

/** The network with `operation` on the open edge, as rows name it. */
function net(context: Context, operation: Tried): string {
  const normal = CONTEXTS[context].replace("*", String(DARTS_OPERATIONS.indexOf(operation)));
  return dartsText(canonicalDarts(parseDarts(`darts:${normal}/${REDUCTION}`)));
}
const FAMILIES = Object.keys(CONTEXTS) as Context[];

/** Six families of three, as texts: skip and convolution of each family first. */
export const DARTS: readonly string[] = [
  ...FAMILIES.flatMap((context) => [net(context, SKIP), net(context, CONVOLUTION)]),
  ...FAMILIES.map((context) => net(context, POOLING)),
];

const pairs = (first: Tried, second: Tried) =>
  FAMILIES.map((context) => [net(context, first), net(context, second)] as const);

/** The contrasts, in the order of their weight. */
export const DARTS_CONTRASTS: readonly Contrast[] = [
  {
    id: "skip_minus_sep_conv_3x3",
    outcome: "drift_drop.hwt",
    side: "negative",
    fewestPairs: 6,
    pairs: pairs(SKIP, CONVOLUTION),
  },
  {
    id: "skip_minus_avg_pool_3x3",
    outcome: "drift_drop.hwt",
    side: "negative",
    fewestPairs: 6,
    pairs: pairs(SKIP, POOLING),
  },
  {
    id: "sep_conv_3x3_minus_avg_pool_3x3",
    outcome: "drift_drop.hwt",
    side: "either",
    fewestPairs: 6,
    pairs: pairs(CONVOLUTION, POOLING),
  },
];
