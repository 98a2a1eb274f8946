/**
 * What the parts of a chip take, from published chips and designs, with the spread between them. None was measured
 * here; "as commonly quoted" marks what was not read in the source itself. A typical value is the middle one of
 * three published figures, or said to be something else.
 *
 * A product of a full crossbar is anchored to the 64-core phase-change memory chip (Le Gallo et al., Nature
 * Electronics 6, 680-693, 2023, abstract): 63.1 TOPS at 9.76 TOPS/W in its one-phase read mode, 16.1 TOPS at
 * 2.48 TOPS/W in its four-phase mode, 8-bit inputs and outputs, 64 cores of 256 x 256. A core's product is
 * 2 x 256 x 256 operations, so that it takes 13.4 nJ and 133 ns, or 52.9 nJ and 521 ns. The energy includes the
 * array, its converters and its drivers. How it divides among them is not in the abstract; it is divided in the
 * proportions of ISAAC's design (Shafiee et al., ISCA 2016; 32 nm, calculated): a unit of eight arrays of 128 x 128 has
 * eight 8-bit ADCs of together 16 mW at 1.2 GS/s each and 1,024 one-bit row drivers of together 4 mW (both as quoted
 * by Accelergy's component library), arrays of together 2.4 mW (as commonly quoted), and reads an array in 100 ns. An
 * 8-bit input is put on in eight one-bit steps.
 */
import { oneOf } from "../arguments.ts";

const LEVELS = ["low", "typical", "high"] as const;

/** Which of a constant's three values: the lowest, a middle one, the highest. */
export type Level = (typeof LEVELS)[number];

/** The three values of a constant. */
export type Spread = Readonly<Record<Level, number>>;

/** A constant of the chip model, with where it comes from. */
export interface Constant extends Spread {
  /** What it is, without the unit, which stands in the constant's name. */
  readonly means: string;
  readonly source: string;
}

/** Steps in which ISAAC puts on an 8-bit input. */
const INPUT_BITS = 8;

/** ISAAC's parts, 8-bit input, a column (pJ), a row (pJ) and a weight (fJ) of a product. */
const ISAAC = {
  adc_pJ: INPUT_BITS * 16 / (8 * 1.2), // mW / (GS/s) = pJ
  dac_pJ: INPUT_BITS * 4 / 1024 * 100, // mW x ns = pJ
  cell_fJ: INPUT_BITS * 2.4 / (8 * 128 * 128) * 100 * 1000,
} as const;

/** Rows and columns of a core of the 64-core chip. */
const CORE = 256;
const CORE_OPERATIONS = 2 * CORE ** 2;

/** A core's product in nJ, by efficiency in TOPS/W: ISAAC's parts put together, one-phase, four-phase. */
const CORE_PRODUCT_NJ = {
  low: (CORE * (ISAAC.adc_pJ + ISAAC.dac_pJ) + CORE ** 2 * ISAAC.cell_fJ / 1000) / 1000,
  typical: CORE_OPERATIONS / 9.76 / 1000,
  high: CORE_OPERATIONS / 2.48 / 1000,
} as const;

/** ISAAC's part as it is, and scaled so that all parts of a core's product add up to the measured energies. */
const scaled = (part: number): Spread => ({
  low: part,
  typical: part * CORE_PRODUCT_NJ.typical / CORE_PRODUCT_NJ.low,
  high: part * CORE_PRODUCT_NJ.high / CORE_PRODUCT_NJ.low,
});

const PRODUCT_SOURCE =
  "low: ISAAC (Shafiee et al. 2016), as commonly quoted; typical and high: one- " +
  "and four-phase read of the 64-core chip (Le Gallo et al. 2023, abstract), divided in ISAAC's proportions";
const HOROWITZ = "Horowitz, ISSCC 2014, 45 nm, as commonly quoted";

/** A 256 x 256 core: 1.008 TOPS at 1.59 TOPS/mm2. */
const CORE_MM2 = 1.008 / 1.59;

/** All constants of the model. */
export const CHIP_CONSTANTS = {
  adc_pJ: {
    ...scaled(ISAAC.adc_pJ),
    means: "reading the sum of a column, 8 bits",
    source: PRODUCT_SOURCE,
  },
  dac_pJ: {
    ...scaled(ISAAC.dac_pJ),
    means: "putting an 8-bit input on a row",
    source: PRODUCT_SOURCE,
  },
  cell_fJ: {
    ...scaled(ISAAC.cell_fJ),
    means: "a weight's share in a product",
    source: PRODUCT_SOURCE,
  },
  operation_pJ: {
    low: 0.03,
    typical: 0.23,
    high: 3.2,
    means: "a digital operation",
    source: `${HOROWITZ}: 8-bit addition; 8-bit multiplication and addition; 32-bit ones`,
  },
  byte_pJ: {
    low: 10 / 8,
    typical: 20 / 8,
    high: 100 / 8,
    means: "a byte read from or written to a buffer",
    source: `${HOROWITZ}: 64-bit access to a cache of 8 KB; 32 KB; 1 MB`,
  },
  product_ns: {
    low: CORE_OPERATIONS / (63.1e3 / 64),
    typical: CORE_OPERATIONS / (16.1e3 / 64),
    high: INPUT_BITS * 100,
    means: "a product of a crossbar and a vector",
    source:
      "low and typical: one- and four-phase read of the 64-core chip (Le Gallo et al. 2023, " +
      "abstract); high: eight steps of ISAAC (Shafiee et al. 2016), as commonly quoted",
  },
  tile_mm2: {
    low: 2 * CORE_MM2,
    typical: 2 ** 1.5 * CORE_MM2,
    high: 4 * CORE_MM2,
    means: "a crossbar of 512 x 512 with its converters",
    source: "256 x 256 core of 0.63 mm2 (Khaddam-Aljameh et al., JSSC 57, 1027, 2022: 1.59 " +
      "TOPS/mm2 in the abstract, 1.008 TOPS as commonly quoted), 14 nm; twice where converters fill it, four " +
      "times where cells do, between them the geometric mean",
  },
} as const satisfies Record<string, Constant>;

/** Name of a constant; it ends in its unit. */
export type ConstantName = keyof typeof CHIP_CONSTANTS;

/** A value of each constant. */
export type ConstantValues = Readonly<Record<ConstantName, number>>;

/** Names of all constants. */
export const CONSTANT_NAMES = Object.keys(CHIP_CONSTANTS) as ConstantName[];

/** A value of each constant, at the level that `level` names for it. */
export function constantsAt(level: Level | ((name: ConstantName) => Level)): ConstantValues {
  if (typeof level !== "function") oneOf("A level of constants", level, LEVELS);
  const of = (name: ConstantName) => typeof level === "string" ? level : level(name);
  return Object.fromEntries(
    CONSTANT_NAMES.map((name) => [name, CHIP_CONSTANTS[name][of(name)]]),
  ) as Record<ConstantName, number>;
}
