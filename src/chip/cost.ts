import {
  type Cell,
  type ChipCounts,
  chipCountsIn,
  CROSSBAR_SIZE,
  type LayerCounts,
  PUBLISHED_SKELETON,
} from "../space/mod.ts";
import { constantsAt, type ConstantValues } from "./constants.ts";

/** What an image costs on a chip, by the model: an estimate, not a measurement. */
export interface ChipCost {
  /** Energy of one image, microjoules. */
  readonly energy_uJ: number;
  /** Time of one image, microseconds: the products of the longest path; digital work keeps pace. */
  readonly latency_us: number;
  /** Area of the crossbars with their converters, square millimetres; nothing else of the chip. */
  readonly area_mm2: number;
}

const TYPICAL: ConstantValues = constantsAt("typical");

/** What takes energy: converters, row drivers, the cells themselves, digital operations, buffers. */
export type EnergyPart = "adc" | "dac" | "cells" | "digital" | "buffers";

/** Energy of one image by what takes it, microjoules. */
export function energyParts(
  counts: LayerCounts,
  constants: ConstantValues = TYPICAL,
): Readonly<Record<EnergyPart, number>> {
  return {
    adc: counts.adcConversions * constants.adc_pJ / 1e6,
    dac: counts.dacConversions * constants.dac_pJ / 1e6,
    cells: counts.cellReads * constants.cell_fJ / 1e9,
    digital: counts.digitalOperations * constants.operation_pJ / 1e6,
    buffers: counts.bytes * constants.byte_pJ / 1e6,
  };
}

/** Counts times constants; the typical constants where none are given. */
export function chipCost(counts: ChipCounts, constants: ConstantValues = TYPICAL): ChipCost {
  const { adc, dac, cells, digital, buffers } = energyParts(counts, constants);
  return {
    energy_uJ: adc + dac + cells + digital + buffers,
    latency_us: counts.productsInSequence * constants.product_ns / 1000,
    area_mm2: counts.tiles * constants.tile_mm2,
  };
}

const publishedCounts = chipCountsIn(PUBLISHED_SKELETON);

/** What an image costs the published network of a cell (C = 16, N = 5), with typical constants. */
export function publishedCost(cell: Cell): ChipCost {
  return chipCost(publishedCounts(cell));
}

/**
 * The same network on a chip that drives and reads every row and column of a crossbar in each product, whether
 * they hold weights or not.
 */
export function wholeTiles(counts: ChipCounts): ChipCounts {
  const lines = counts.products * CROSSBAR_SIZE;
  return {
    ...counts,
    dacConversions: lines,
    adcConversions: lines,
    cellReads: lines * CROSSBAR_SIZE,
  };
}
