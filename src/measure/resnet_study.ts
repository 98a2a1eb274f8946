/**
 * The study of ResNets: is it the skips that slow drift, outside NAS-Bench-201 too? Its contrasts stand here
 * before any row is measured.
 */
import { type PartialConfig, resolveConfig } from "../config.ts";
import { type ResNet, resNetText, type Shortcut } from "../space/mod.ts";
import { networkUnit, type Plan, PLAN_VERSION } from "./plan.ts";

/** No published table asks for its oddities: each of ten repeats programs the devices anew. */
const SCALE = {
  protocol: "corrected",
  network: { space: "resnet" },
  training: { epochs: 4 },
  qat: { epochs: 1 },
  hwt: { epochs: 1 },
  measurement: { testImages: 5_000, repeats: 10, inferenceTimes_s: [60, 86_400, 2_592_000] },
} as const satisfies PartialConfig;

const BLOCKS = [1, 2, 3], WIDTHS = [8, 12], SEEDS = [0, 1];
const SHORTCUTS: readonly Shortcut[] = ["none", "A", "B"];

type Change = Partial<{ n: number; w: number; shortcut: Shortcut; kernels: ResNet["kernels"] }>;

/** The net of n blocks a stage and w, 2 w, 4 w channels. */
function net({ n = 2, w = 8, shortcut = "none", kernels = [3, 3] }: Change): string {
  return resNetText({ blocks: [n, n, n], widths: [w, 2 * w, 4 * w], shortcut, kernels });
}

/** A question to the study: the outcome of `first` minus that of `second`, paired in all else. */
export interface Contrast {
  readonly id: string;
  /** What differs; per cent points of the drift drop (60 s to 30 d) under hardware-aware training. */
  readonly outcome: "drift_drop.hwt";
  /** What the published study leads one to expect of the difference. */
  readonly side: "negative" | "positive" | "either";
  /** Fewer measured pairs than this are no answer. */
  readonly fewestPairs: number;
  /** Texts of the nets of each pair. Every pair counts once for each seed in which both were measured. */
  readonly pairs: readonly (readonly [first: string, second: string])[];
}

const grid = BLOCKS.flatMap((n) => WIDTHS.map((w) => ({ n, w })));
const withShortcuts = (changes: readonly Change[]) =>
  changes.flatMap((change) => SHORTCUTS.map((shortcut) => ({ ...change, shortcut })));

/** The contrasts, in the order of their weight. */
export const RESNET_CONTRASTS: readonly Contrast[] = [
  {
    id: "skip_minus_none",
    outcome: "drift_drop.hwt",
    side: "negative",
    fewestPairs: 16,
    pairs: grid.flatMap((at) =>
      (["A", "B"] as const).map((shortcut) => [net({ ...at, shortcut }), net(at)] as const)
    ),
  },
  {
    id: "width_12_minus_8",
    outcome: "drift_drop.hwt",
    side: "negative",
    fewestPairs: 12,
    pairs: withShortcuts(BLOCKS.map((n) => ({ n }))).map((at) =>
      [net({ ...at, w: 12 }), net({ ...at, w: 8 })] as const
    ),
  },
  {
    id: "blocks_3_minus_1",
    outcome: "drift_drop.hwt",
    side: "either",
    fewestPairs: 8,
    pairs: withShortcuts(WIDTHS.map((w) => ({ w }))).map((at) =>
      [net({ ...at, n: 3 }), net({ ...at, n: 1 })] as const
    ),
  },
  {
    id: "shortcut_A_minus_B",
    outcome: "drift_drop.hwt",
    side: "either",
    fewestPairs: 8,
    pairs: grid.map((at) =>
      [net({ ...at, shortcut: "A" }), net({ ...at, shortcut: "B" })] as const
    ),
  },
  {
    id: "kernels_33_minus_one_1x1",
    outcome: "drift_drop.hwt",
    side: "negative",
    fewestPairs: 6,
    pairs: SHORTCUTS.flatMap((shortcut) =>
      ([[3, 1], [1, 3]] as const).map((kernels) =>
        [net({ shortcut }), net({ shortcut, kernels })] as const
      )
    ),
  },
];

/** Eighteen nets of three depths, two widths and three shortcuts from two seeds, and six with 1x1 kernels. */
export function resNetStudyPlan(): Plan {
  const unit = (change: Change, seed: number, reason: string) =>
    networkUnit({ space: "resnet", text: net(change) }, seed, "corrected", reason);
  const kernels = ([[3, 1], [1, 3]] as const).map((kernels) => ({ kernels }));
  return {
    version: PLAN_VERSION,
    study: "resnet",
    configs: { corrected: resolveConfig(SCALE) },
    units: [
      ...SEEDS.flatMap((seed) =>
        withShortcuts(grid).map((change) => unit(change, seed, seed === 0 ? "grid" : "grid, seed"))
      ),
      ...withShortcuts(kernels).map((change) => unit(change, 0, "kernels")),
    ],
  };
}
