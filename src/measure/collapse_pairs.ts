/** The pairs of cells that show why two linear paths collapse; see `collapse.ts`. */
import { type PartialConfig, resolveConfig } from "../config.ts";
import { InputError } from "../input_error.ts";
import { permutation, type Prng, prng } from "../random.ts";
import { allCells, cellAt, isConnected, linearPaths, liveEdges, OPERATIONS } from "../space/mod.ts";
import { type Plan, PLAN_VERSION, planUnit } from "./plan.ts";
import type { Published } from "./studies.ts";

/**
 * Scale of the study. All five cells a stage of the published network, since what is suspected grows from
 * cell to cell; half its channels and two epochs, which is what two cores carry.
 */
const COLLAPSE = {
  protocol: "as_published",
  network: { channels: 8, cellsPerStage: 5 },
  training: { epochs: 2 },
  measurement: { testImages: 2_000, repeats: 5, inferenceTimes_s: [60] },
} as const satisfies PartialConfig;

/** What is changed about the crossbars' input ranges, all else as the published script has it. */
const RANGES = {
  fixed: {},
  calibrated: { departures: { inputRange: "calibrated" } },
  corrected: { protocol: "corrected" },
} as const satisfies Record<string, PartialConfig>;

/** Pairs in the plan, the published baseline that both cells of a pair exceed, and how far apart the two are. */
const PAIRS = 10, FLOOR_PCT = 88, CALIPER_PCT = 1.5;

/**
 * Pairs of a cell with two linear paths and one with a single linear path, alike in how many live edges
 * have each operation and in the published baseline; chosen by chance, without a look at any noisy accuracy.
 */
export function collapsePlan({ baseline_pct }: Published, seed: number): Plan {
  const cells = collapsePairs(baseline_pct, PAIRS, prng(seed, "collapse pairs"));
  return {
    version: PLAN_VERSION,
    study: "collapse",
    configs: Object.fromEntries(
      Object.entries(RANGES).map((
        [name, change],
      ) => [name, resolveConfig({ ...COLLAPSE, ...change })]),
    ),
    units: cells.flatMap(([two, one], pair) => [
      planUnit(two, 0, "fixed", `pair ${pair + 1}, two linear paths`),
      planUnit(one, 0, "fixed", `pair ${pair + 1}, one linear path`),
    ]),
  };
}

/** Throws InputError where there are fewer pairs than `count`. */
export function collapsePairs(
  baseline_pct: Float64Array,
  count: number,
  random: Prng,
): (readonly [two: number, one: number])[] {
  const able = Array.from(allCells().keys())
    .filter((i) => isConnected(cellAt(i)) && baseline_pct[i] > FLOOR_PCT);
  const two = able.filter((i) => linearPaths(cellAt(i)) === 2);
  const one = Map.groupBy(able.filter((i) => linearPaths(cellAt(i)) === 1), liveCounts);
  const pairs: (readonly [number, number])[] = [], taken = new Set<number>();
  for (const at of permutation(two.length, random)) {
    if (pairs.length === count) break;
    const i = two[at], away = (j: number) => Math.abs(baseline_pct[j] - baseline_pct[i]);
    const [nearest] = (one.get(liveCounts(i)) ?? [])
      .filter((j) => !taken.has(j) && away(j) <= CALIPER_PCT)
      .sort((a, b) => away(a) - away(b) || a - b);
    if (nearest === undefined) continue;
    pairs.push([i, nearest]);
    taken.add(nearest);
  }
  if (pairs.length < count) {
    throw new InputError(`Only ${pairs.length} pairs of ${count} can be matched.`);
  }
  return pairs;
}

/** How many live edges have each operation, as text. */
function liveCounts(cell_index: number): string {
  const cell = cellAt(cell_index), live = liveEdges(cell);
  return OPERATIONS.map((_, o) => cell.filter((op, e) => live[e] && op === o).length).join(" ");
}
