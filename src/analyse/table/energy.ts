/** Energy of every cell on a chip, by the model of `chip`, and how far its order hangs on uncertain constants. */
import {
  chipCost,
  CONSTANT_NAMES,
  type ConstantName,
  constantsAt,
  type ConstantValues,
  type Level,
  wholeTiles,
} from "../../chip/mod.ts";
import { allCells, type ChipCounts, chipCountsIn, PUBLISHED_SKELETON } from "../../space/mod.ts";
import {
  denseRanks,
  type Interval,
  kendallInterval,
  kendallTauB,
  tauOfRanks,
} from "../../stats/mod.ts";
import { CONNECTED, EXPRESSIONS } from "./features.ts";
import { take } from "./outcome.ts";
import { front } from "./pareto.ts";

/** How the order of connected cells by energy relates to other orders: Kendall's tau-b. */
export interface EnergyOrder {
  /** Typical constants against MACs. Both are known exactly: no interval. */
  readonly macs: number;
  /** Typical constants against the accuracy. */
  readonly accuracy: Interval;
  /** All constants low against all high. */
  readonly low_high: number;
  /** The least agreement with typical constants among all choices of low or high for each constant. */
  readonly least: { readonly tau: number; readonly high: readonly ConstantName[] };
  /** Typical constants with idle rows and columns free, against driving and reading all of each crossbar. */
  readonly whole_tiles: number;
  /**
   * What the cheapest cell nearly as accurate as the best costs as a share of the best one, over the same choices
   * of constants.
   */
  readonly share: { readonly low: number; readonly high: number };
}

/** Constants that energy hangs on. */
const ENERGIES = CONSTANT_NAMES.filter((name) => /_[pf]J$/.test(name));

/** What each cell's published network asks of a chip, by cell_index [15625]. */
export function countsOfCells(): readonly ChipCounts[] {
  return allCells().map(chipCountsIn(PUBLISHED_SKELETON));
}

/** Energy of an image by cell_index, microjoules. */
export function energies(
  counts: readonly ChipCounts[],
  constants: ConstantValues,
): Float64Array {
  const result = new Float64Array(counts.length);
  for (let i = 0; i < counts.length; i++) result[i] = chipCost(counts[i], constants).energy_uJ;
  return result;
}

/** Every choice of low or high for each constant: the constants that are high. */
function* corners(): Generator<readonly ConstantName[]> {
  for (let k = 0; k < 2 ** ENERGIES.length; k++) {
    yield ENERGIES.filter((_, bit) => (k >> bit & 1) === 1);
  }
}

/** Relations of the order by energy, over connected cells; `accuracy` and `macs` by cell_index. */
export function energyOrder(
  counts: readonly ChipCounts[],
  accuracy: Float64Array,
  macs: Float64Array,
): EnergyOrder {
  const at = (level: Level) => take(energies(counts, constantsAt(level)), CONNECTED);
  const typical = at("typical"), ranks = denseRanks(typical);
  const found = Array.from(corners(), (high) => {
    const constants = constantsAt((name) => high.includes(name) ? "high" : "low");
    const energy = energies(counts, constants);
    return {
      high,
      tau: tauOfRanks(denseRanks(take(energy, CONNECTED)), ranks),
      share: front(energy, accuracy, CONNECTED).costShare,
    };
  });
  const { tau, high } = found.reduce((least, next) => next.tau < least.tau ? next : least);
  const shares = found.map(({ share }) => share);
  const whole = energies(counts.map(wholeTiles), constantsAt("typical"));
  return {
    macs: kendallTauB(typical, take(macs, CONNECTED)),
    accuracy: kendallInterval(
      typical,
      take(accuracy, CONNECTED),
      take(EXPRESSIONS, CONNECTED),
    ),
    low_high: kendallTauB(at("low"), at("high")),
    least: { tau, high },
    whole_tiles: kendallTauB(typical, take(whole, CONNECTED)),
    share: { low: Math.min(...shares), high: Math.max(...shares) },
  };
}
