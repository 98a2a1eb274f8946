/** What the study of the AnalogNAS space asks: do branches help, at equal widths and at equal MACs? */
import { analogNasText, canonicalAnalogNas } from "../space/mod.ts";
import type { Contrast } from "./contrast.ts";

/** Blocks and factor of a group: [1, 0.5] is one block that doubles the channels. */
type GroupSetting = readonly [blocks: number, factor: number];

const BRANCHES = [1, 2, 4];
/** Channels of the stem, and those with which one branch takes the MACs of two: about the root of 2 more. */
const CHANNELS = 8, CHANNELS_AT_EQUAL_MACS = 11;
const NARROW: GroupSetting = [1, 0.8], WIDE: GroupSetting = [1, 0.5], DEEP: GroupSetting = [2, 0.8];
const GROUPS = {
  narrow: [NARROW, NARROW],
  wideEnd: [NARROW, WIDE],
  wideStart: [WIDE, NARROW],
  wide: [WIDE, WIDE],
  moreBlocks: [NARROW, DEEP],
  moreGroups: [NARROW, NARROW, NARROW],
} as const;
type Setting = keyof typeof GROUPS;
const SETTINGS = Object.keys(GROUPS) as Setting[];

/** The sound variant's network with `branches` in every block, as rows name it. */
function net(setting: Setting, branches: number, channels = CHANNELS): string {
  const groups = GROUPS[setting].map(([blocks, factor]) => ({ blocks, branches, factor }));
  return analogNasText(canonicalAnalogNas({ channels, groups, variant: "corrected" }));
}
const oneWideBranch = (setting: Setting) => net(setting, 1, CHANNELS_AT_EQUAL_MACS);

/** Six settings, each with one, two and four branches and with one of the MACs of two, as texts. */
export const ANALOGNAS: readonly string[] = SETTINGS.flatMap((setting) => [
  net(setting, 1),
  net(setting, 2),
  oneWideBranch(setting),
  net(setting, 4),
]);

const atAllBranches = (pairs: readonly (readonly [Setting, Setting])[]) =>
  pairs.flatMap(([first, second]) =>
    BRANCHES.map((branches) => [net(first, branches), net(second, branches)] as const)
  );

/** The contrasts, in the order of their weight. */
export const ANALOGNAS_CONTRASTS: readonly Contrast[] = [
  {
    id: "twice_the_branches",
    outcome: "drift_drop.hwt",
    side: "negative",
    fewestPairs: 8,
    pairs: SETTINGS.flatMap((setting) =>
      ([[2, 1], [4, 2]] as const).map(([more, fewer]) =>
        [net(setting, more), net(setting, fewer)] as const
      )
    ),
  },
  {
    id: "two_branches_minus_one_at_equal_macs",
    outcome: "drift_drop.hwt",
    side: "negative",
    fewestPairs: 6,
    pairs: SETTINGS.map((setting) => [net(setting, 2), oneWideBranch(setting)] as const),
  },
  {
    id: "factor_0.5_minus_0.8",
    outcome: "drift_drop.hwt",
    side: "negative",
    fewestPairs: 8,
    pairs: atAllBranches([
      ["wideEnd", "narrow"],
      ["wideStart", "narrow"],
      ["wide", "wideEnd"],
      ["wide", "wideStart"],
    ]),
  },
  {
    id: "deeper_minus_shallower",
    outcome: "drift_drop.hwt",
    side: "either",
    fewestPairs: 6,
    pairs: atAllBranches([["moreBlocks", "narrow"], ["moreGroups", "narrow"]]),
  },
];
