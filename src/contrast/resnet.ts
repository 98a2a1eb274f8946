/** What the study of ResNets asks: is it the skips that slow drift, outside NAS-Bench-201 too? */
import { type ResNet, resNetText, type Shortcut } from "../space/mod.ts";
import type { Contrast } from "./contrast.ts";

const BLOCKS = [1, 2, 3], WIDTHS = [8, 12];
const SHORTCUTS: readonly Shortcut[] = ["none", "A", "B"];

type Change = Partial<{ n: number; w: number; shortcut: Shortcut; kernels: ResNet["kernels"] }>;

/** The net of n blocks a stage and w, 2 w, 4 w channels. */
function net({ n = 2, w = 8, shortcut = "none", kernels = [3, 3] }: Change): string {
  return resNetText({ blocks: [n, n, n], widths: [w, 2 * w, 4 * w], shortcut, kernels });
}

const grid = BLOCKS.flatMap((n) => WIDTHS.map((w) => ({ n, w })));
const withShortcuts = (changes: readonly Change[]) =>
  changes.flatMap((change) => SHORTCUTS.map((shortcut) => ({ ...change, shortcut })));

/** Eighteen nets of three depths, two widths and three shortcuts, and six with 1x1 kernels, as texts. */
export const RESNETS = {
  grid: withShortcuts(grid).map(net),
  kernels: withShortcuts([{ kernels: [3, 1] }, { kernels: [1, 3] }]).map(net),
} as const;

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
