/** What cells cost on a chip, by the model, and the constants that it rests on. */
import {
  CHIP_CONSTANTS,
  CONSTANT_NAMES,
  constantsAt,
  energyParts,
  type Level,
} from "../../chip/mod.ts";
import { cellAt, cellText, CROSSBAR_SIZE, matrixCounts } from "../../space/mod.ts";
import { mean, summarize } from "../../stats/mod.ts";
import type { Study } from "../study.ts";
import { CONNECTED } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { TARGET } from "../table/statistics.ts";
import { type Entry, withInterval } from "./entry.ts";

const LEVELS: readonly Level[] = ["low", "typical", "high"];

/** Published efficiency of another chip with crossbars of 512 x 512: Ambrogio et al., Nature 620, 768 (2023). */
const PUBLISHED_TOPS_PER_W = 12.4;

export function energyValues(study: Study): Entry[] {
  const { energyOrder, features } = study,
    { cells, nearlyBest, costShare } = study.pareto("energy_uJ");
  const best = cells[cells.length - 1], accuracy = study.outcome(TARGET);
  const at = (cell: number): Entry[] => LEVELS.map((level) => [level, study.energy(level)[cell]]);
  const median = (values: ArrayLike<number>) => summarize(take(values, CONNECTED)).median;
  const under = (key: string, entries: readonly Entry[]): Entry[] =>
    entries.map(([name, value]) => [`energy.${key}.${name}`, value]);
  return [
    ...under("median_uJ", LEVELS.map((level) => [level, median(study.energy(level))])),
    ["energy.median_latency_us", median(features.latency_us)],
    ["energy.median_area_mm2", median(features.area_mm2)],
    ["energy.median_TOPS_W", median(efficiencies(features.macs, features.energy_uJ))],
    ...under("share_pct", sharesOfParts(study)),
    ["energy.kendall.macs", energyOrder.macs],
    ...withInterval(`energy.kendall.${TARGET}`, energyOrder.accuracy),
    ["energy.kendall.low_high", energyOrder.low_high],
    ["energy.kendall.least", energyOrder.least.tau],
    ["energy.kendall.whole_tiles", energyOrder.whole_tiles],
    ["energy.best.cell", cellText(cellAt(best))],
    ...under("best_uJ", at(best)),
    ["energy.nearly_best.cell", cellText(cellAt(nearlyBest))],
    ["energy.nearly_best.accuracy", accuracy[nearlyBest]],
    ...under("nearly_best_uJ", at(nearlyBest)),
    ["energy.nearly_best_pct", 100 * costShare],
    ["energy.nearly_best_pct.low", 100 * energyOrder.share.low],
    ["energy.nearly_best_pct.high", 100 * energyOrder.share.high],
    ...under("filled_crossbar_TOPS_W", LEVELS.map((level) => [level, filled(level)])),
    ["energy.filled_crossbar_ratio", filled("typical") / PUBLISHED_TOPS_PER_W],
    ...CONSTANT_NAMES.flatMap((name) =>
      under(`constant.${name}`, [
        ...LEVELS.map((level) => [level, CHIP_CONSTANTS[name][level]] as const),
        ["means", CHIP_CONSTANTS[name].means],
        ["source", CHIP_CONSTANTS[name].source],
      ])
    ),
  ];
}

/** Operations for a multiply-add. */
const OPERATIONS = 2;

const efficiencies = (macs: Float64Array, energy_uJ: Float64Array) =>
  macs.map((count, i) => OPERATIONS * count / (energy_uJ[i] * 1e6));

/** TOPS/W of a crossbar that is full. */
function filled(level: Level): number {
  const counts = matrixCounts(CROSSBAR_SIZE, CROSSBAR_SIZE, 1);
  const { adc, dac, cells } = energyParts(counts, constantsAt(level));
  return OPERATIONS * counts.cellReads / ((adc + dac + cells) * 1e6);
}

/** Mean share of each part in a connected cell's energy, per cent, typical constants. */
function sharesOfParts({ chipCounts, features }: Study): Entry[] {
  const parts = chipCounts.map((counts) => energyParts(counts));
  return (["adc", "dac", "cells", "digital", "buffers"] as const).map((part) => {
    const shares = Float64Array.from(CONNECTED, (i) => parts[i][part] / features.energy_uJ[i]);
    return [part, 100 * mean(shares)];
  });
}
