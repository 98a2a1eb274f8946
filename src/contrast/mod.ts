/**
 * What is asked of networks, written down before they are measured: which pairs are compared, by what, what
 * is expected, and what counts as an answer. Both halves know it: the studies on the left measure these
 * pairs, `analyse` on the right judges their rows. Nothing here has seen a row.
 */
export * from "./contrast.ts";
export * from "./resnet.ts";
export * from "./analognas.ts";
export * from "./darts.ts";
export * from "./anchor.ts";
export * from "./findings.ts";
export * from "./sources.ts";
export { ASKED, type Asked, type Design } from "./asked.ts";
export * from "./verdict.ts";
