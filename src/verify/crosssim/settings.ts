/** CrossSim's settings as its reference files record them, as ours. */
import { z } from "zod";
import { arrays } from "../../analog/mod.ts";

const device = z.object({
  Rmin: z.number(),
  Rmax: z.number(),
  infinite_on_off: z.boolean(),
  cell_bits: z.number(),
  Vread: z.number(),
  clip: z.boolean(),
});
export type DeviceRecord = z.infer<typeof device>;
export const deviceRecord = device;

const pair = z.tuple([z.number(), z.number()]);
const error = z.object({
  model: z.string(),
  magnitude: z.number().optional(),
  time_days: z.number().optional(),
});

export const settingsRecord = z.object({
  style: z.enum(["balanced", "offset", "sliced_balanced", "sliced_offset"]),
  two_sided: z.boolean().optional(),
  device,
  weight_percentile: z.number(),
  weight_bits: z.number().optional(),
  slices: z.number().optional(),
  rows_max: z.number().optional(),
  input_range: pair,
  dac: z.object({
    model: z.string(),
    bits: z.number(),
    signed: z.boolean(),
    bit_serial: z.boolean(),
    slice_size: z.number(),
  }),
  adc: z.object({
    model: z.string(),
    bits: z.number(),
    range: z.enum(["MAX", "CALIBRATED", "GRANULAR"]),
    limits: z.union([pair, z.array(pair)]).nullable(),
    per_ibit: z.boolean(),
  }),
  parasitics: z.object({
    Rp_row: z.number(),
    Rp_col: z.number(),
    Rp_row_terminal: z.number(),
    Rp_col_terminal: z.number(),
  }).optional(),
  programming: error.optional(),
  drift: error.optional(),
  read: error.optional(),
});
export type SettingsRecord = z.infer<typeof settingsRecord>;

export const windowOf = ({ Rmin, Rmax, infinite_on_off, Vread }: DeviceRecord) => ({
  rMin_ohm: Rmin,
  rMax_ohm: infinite_on_off ? null : Rmax,
  vRead_V: Vread,
});

export function designOf(c: SettingsRecord): arrays.ArrayDesign {
  const isSliced = c.style.startsWith("sliced");
  return {
    coding: c.style.endsWith("offset") ? "offset" : c.two_sided ? "two_sided" : "one_sided",
    slicing: isSliced ? { weightBits: c.weight_bits!, slices: c.slices! } : null,
    window: windowOf(c.device),
    levelBits: c.device.cell_bits,
    weightPercentile: c.weight_percentile,
    maxInputs: c.rows_max ?? 0,
  };
}

/** CrossSim's device models by their names. */
export function deviceOf({ model, magnitude = 0 }: z.infer<typeof error>): arrays.ArrayDevice {
  const models: Record<string, arrays.ArrayDevice> = {
    PCMJoshi: arrays.pcmJoshi,
    RRAMMilo: arrays.rramMilo,
    RRAMWan: arrays.rramWan,
    SONOS: arrays.sonos,
    NormalProportionalDevice: arrays.proportional(magnitude),
    NormalIndependentDevice: arrays.independent(magnitude),
  };
  return models[model];
}

/** What the devices of the settings do, and how many days after programming they are read. */
export function physicsOf(
  { programming, drift, read, parasitics, device: { clip } }: SettingsRecord,
): { physics: arrays.ArrayPhysics; t_days: number } {
  const error = drift ?? programming;
  const wires = parasitics && {
    row_ohm: parasitics.Rp_row,
    column_ohm: parasitics.Rp_col,
    rowTerminal_ohm: parasitics.Rp_row_terminal,
    columnTerminal_ohm: parasitics.Rp_col_terminal,
  };
  return {
    physics: {
      device: error ? deviceOf(error) : arrays.ideal,
      readNoise: read ? deviceOf(read) : null,
      wires: wires ?? null,
      clip,
    },
    t_days: drift?.time_days ?? 0,
  };
}

/** A layer on arrays as the settings say. */
export function layerOf(
  shape: Parameters<typeof arrays.layerOnArrays>[0],
  matrix: Float32Array,
  c: SettingsRecord,
): arrays.ArrayLayer {
  const design = designOf(c), { bits, range, limits, model } = c.adc;
  const input = arrays.inputConverter(c.dac.bits, c.input_range);
  const magnitudeBits = input.magnitudeBits;
  const isSerial = c.dac.bit_serial && c.adc.per_ibit && magnitudeBits !== null;
  const settings = { design, adcBits: bits, input };
  const limitsFor = (inputs: number, slice: number): arrays.Limits => {
    switch (range) {
      case "MAX":
        return arrays.maximumLimits(settings, inputs);
      case "GRANULAR":
        return arrays.granularLimits(settings, c.weight_bits!);
      case "CALIBRATED":
        return Array.isArray(limits![0])
          ? (limits as [number, number][])[slice]
          : limits as [number, number];
    }
  };
  return arrays.layerOnArrays(
    shape,
    matrix,
    design,
    input,
    isSerial ? { magnitudeBits, sliceBits: c.dac.slice_size } : null,
    (inputs, slice) => {
      const [lo, hi] = bits === 0 ? [0, 0] : limitsFor(inputs, slice);
      return model === "SignMagnitudeADC"
        ? arrays.signMagnitude(bits, [lo, hi])
        : arrays.quantizer(bits, lo, hi);
    },
  );
}
