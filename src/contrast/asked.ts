/** Every finding put to every source: by which networks, and how many at least; or why it cannot be. */
import { AVG_POOL, CONV_1X1, CONV_3X3, NONE, type Operation, SKIP } from "../space/mod.ts";
import { ANALOGNAS_CONTRASTS } from "./analognas.ts";
import type { Contrast } from "./contrast.ts";
import { DARTS_CONTRASTS } from "./darts.ts";
import { type Finding, type FindingId, FINDINGS } from "./findings.ts";
import { RESNET_CONTRASTS } from "./resnet.ts";
import { type Source, SOURCES } from "./sources.ts";

/** Which networks are compared. What is counted (`fewest`) is what the kind names. */
export type Design =
  /** The ratio of the means of two falls over all networks. */
  | { readonly kind: "networks"; readonly fewest: number }
  /** Listed pairs; each seed of a pair counts. */
  | { readonly kind: "pairs"; readonly fewest: number; readonly pairs: Contrast["pairs"] }
  /** All pairs of cells of NAS-Bench-201 that differ in the operation on one of `edges`. */
  | {
    readonly kind: "swap";
    readonly fewest: number;
    readonly operation: Operation;
    readonly other: Operation;
    readonly edges: readonly number[];
  }
  /**
   * Cells of NAS-Bench-201 in strata of equal numbers of live edges of each operation, hence of equal
   * layers, parameters and MACs: the change of the outcome per operation more side by side (`width`), or with
   * two or more linear paths against one. Counts strata in which the sides differ.
   */
  | {
    readonly kind: "strata";
    readonly fewest: number;
    readonly feature: "width" | "linear_paths";
  }
  /** The pairs of the collapse study, with input ranges as published. */
  | { readonly kind: "collapse_pairs"; readonly fewest: number }
  /** The source cannot speak to the finding. */
  | { readonly kind: "none"; readonly reason: string };

/** One test of the family. */
export interface Asked {
  readonly finding: Finding;
  readonly source: Source;
  readonly design: Design;
}

/** Fewer networks, pairs or strata give no interval that could be trusted. */
const FEWEST = 6;
/** The edge from a cell's input to its output, published order. */
const INPUT_TO_OUTPUT = 2;
const ALL_EDGES = [0, 1, 2, 3, 4, 5];

const none = (reason: string): Design => ({ kind: "none", reason });
const networks: Design = { kind: "networks", fewest: FEWEST };
const swap = (operation: Operation, other: Operation, edges: readonly number[]): Design => ({
  kind: "swap",
  fewest: FEWEST,
  operation,
  other,
  edges,
});
const strata = (feature: "width" | "linear_paths"): Design => ({
  kind: "strata",
  fewest: FEWEST,
  feature,
});

const SHARES = { hwt_closes_gap: networks, ptq_misses_fall: networks, qat_misses_fall: networks };

type Designs = Readonly<Record<FindingId, Design>>;

const ONE_CHANNEL_COUNT = none(
  "its cells have one number of channels, and a branch more is another operation",
);
const NAS_BENCH_201: Designs = {
  ...SHARES,
  skip_none: swap(SKIP, NONE, [INPUT_TO_OUTPUT]),
  skip_conv3x3: swap(SKIP, CONV_3X3, [INPUT_TO_OUTPUT]),
  skip_pool: swap(SKIP, AVG_POOL, [INPUT_TO_OUTPUT]),
  conv3x3_conv1x1_drift: swap(CONV_3X3, CONV_1X1, ALL_EDGES),
  conv3x3_conv1x1_loss: swap(CONV_3X3, CONV_1X1, ALL_EDGES),
  wider_drift: ONE_CHANNEL_COUNT,
  wider_loss: ONE_CHANNEL_COUNT,
  side_by_side_drift: strata("width"),
  side_by_side_loss: strata("width"),
  branched: none("it is asked for operations side by side at equal MACs instead"),
  two_linear_paths: strata("linear_paths"),
};

/** The pairs of a study's contrast. */
function pairsOf(contrasts: readonly Contrast[], id: string): Design {
  const { fewestPairs, pairs } = contrasts.find((contrast) => contrast.id === id)!;
  return { kind: "pairs", fewest: fewestPairs, pairs };
}

const RESNET: Designs = {
  ...SHARES,
  skip_none: pairsOf(RESNET_CONTRASTS, "skip_minus_none"),
  skip_conv3x3: none("a shortcut stands beside convolutions, never in place of one"),
  skip_pool: none("its blocks have no pooling"),
  conv3x3_conv1x1_drift: pairsOf(RESNET_CONTRASTS, "kernels_33_minus_one_1x1"),
  conv3x3_conv1x1_loss: pairsOf(RESNET_CONTRASTS, "kernels_33_minus_one_1x1"),
  wider_drift: pairsOf(RESNET_CONTRASTS, "width_12_minus_8"),
  wider_loss: pairsOf(RESNET_CONTRASTS, "width_12_minus_8"),
  side_by_side_drift: none("the study has no nets of equal MACs and different depth"),
  side_by_side_loss: none("the study has no nets of equal MACs and different depth"),
  branched: none("its blocks have one branch"),
  two_linear_paths: none("a ReLU follows every sum, so that no path is linear"),
};

const WITHOUT_QAT = none("its study leaves QAT out");
const ANALOGNAS: Designs = {
  ...SHARES,
  qat_misses_fall: WITHOUT_QAT,
  skip_none: none("every block has a skip"),
  skip_conv3x3: none("every block has a skip"),
  skip_pool: none("its blocks have no pooling"),
  conv3x3_conv1x1_drift: none("its branches have 3x3 convolutions only"),
  conv3x3_conv1x1_loss: none("its branches have 3x3 convolutions only"),
  wider_drift: pairsOf(ANALOGNAS_CONTRASTS, "twice_the_branches"),
  wider_loss: pairsOf(ANALOGNAS_CONTRASTS, "twice_the_branches"),
  side_by_side_drift: none("the study has no nets of equal MACs and different depth"),
  side_by_side_loss: none("the study has no nets of equal MACs and different depth"),
  branched: pairsOf(ANALOGNAS_CONTRASTS, "two_branches_minus_one_at_equal_macs"),
  two_linear_paths: none("a ReLU stands in every branch, and no block has two ways without one"),
};

const ONE_EDGE = none("its study changes the operation on one edge only");
const DARTS: Designs = {
  ...SHARES,
  qat_misses_fall: WITHOUT_QAT,
  skip_none: none("a finished cell has no edge without an operation"),
  skip_conv3x3: pairsOf(DARTS_CONTRASTS, "skip_minus_sep_conv_3x3"),
  skip_pool: pairsOf(DARTS_CONTRASTS, "skip_minus_avg_pool_3x3"),
  conv3x3_conv1x1_drift: none("the space has no 1x1 convolution as an operation"),
  conv3x3_conv1x1_loss: none("the space has no 1x1 convolution as an operation"),
  wider_drift: ONE_EDGE,
  wider_loss: ONE_EDGE,
  side_by_side_drift: ONE_EDGE,
  side_by_side_loss: ONE_EDGE,
  branched: ONE_EDGE,
  two_linear_paths: ONE_EDGE,
};

const SPACE_DESIGNS: Readonly<Record<string, Designs>> = {
  published: NAS_BENCH_201,
  own: { ...NAS_BENCH_201, two_linear_paths: { kind: "collapse_pairs", fewest: FEWEST } },
  resnet: RESNET,
  analognas: ANALOGNAS,
  darts: DARTS,
};

function designOf(finding: Finding, source: Source): Design {
  if (source.drift_s === null && finding.outcome === "drift_drop.hwt") {
    return none("its data are of one time, so that there is no drift");
  }
  return (SPACE_DESIGNS[source.id] ?? NAS_BENCH_201)[finding.id];
}

/** The family: every finding of every source, whether it can be asked or not. */
export const ASKED: readonly Asked[] = FINDINGS.flatMap((finding) =>
  SOURCES.map((source) => ({ finding, source, design: designOf(finding, source) }))
);
