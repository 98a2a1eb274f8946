/** How arrays hold a layer's weights and convert its signals: plain settings, no numbers of a network. */

/** Conductances that devices are programmed to. All conductances below are of the largest, g_max = 1 / rMin. */
export interface ConductanceWindow {
  readonly rMin_ohm: number;
  /** Null: the lowest conductance is 0. */
  readonly rMax_ohm: number | null;
  /** Voltage of a read, for devices whose data are currents. */
  readonly vRead_V: number;
}

/** Lowest conductance of a window, of g_max. */
export const gMinOf = ({ rMin_ohm, rMax_ohm }: ConductanceWindow): number =>
  rMax_ohm === null ? 0 : rMin_ohm / rMax_ohm;

/**
 * How a weight becomes devices.
 *
 * - `one_sided`: a pair; the weight is on one device, the other is at the bottom of the window.
 * - `two_sided`: a pair; both move about the middle.
 * - `offset`: one device; zero is in the middle of the window and is subtracted digitally.
 */
export type WeightCoding = "one_sided" | "two_sided" | "offset";

/** Integer weights cut into digits, each on arrays of its own; the least significant first. */
export interface BitSlicing {
  readonly weightBits: number;
  readonly slices: number;
}

/** How an array holds weights. */
export interface ArrayDesign {
  readonly coding: WeightCoding;
  readonly slicing: BitSlicing | null;
  readonly window: ConductanceWindow;
  /** A device has 2^levelBits levels; 0: every conductance. */
  readonly levelBits: number;
  /** Share of the weights that the scale covers; at 1 and above a factor on the largest magnitude. */
  readonly weightPercentile: number;
  /** Most inputs of one array; 0: no limit. */
  readonly maxInputs: number;
}

/** A converter: codes `lo + k (hi - lo) / steps`; steps 0 converts nothing and clips nothing. */
export interface Converter {
  readonly lo: number;
  readonly hi: number;
  readonly steps: number;
}

export const IDEAL: Converter = { lo: 0, hi: 0, steps: 0 };

/** Inputs in slices of their bits, least significant first, each converted by the ADC on its own. */
export interface BitSerial {
  /** Bits of an input's magnitude. */
  readonly magnitudeBits: number;
  /** Bits that are applied at once. */
  readonly sliceBits: number;
}

/** Resistance of the wires, ohm: of a segment between neighbouring cells, and in series at the lines' ends. */
export interface Wires {
  /** Input lines. */
  readonly row_ohm: number;
  /** Output lines. */
  readonly column_ohm: number;
  /** At the drivers of the input lines. */
  readonly rowTerminal_ohm: number;
  /** Where the output lines end. */
  readonly columnTerminal_ohm: number;
}
