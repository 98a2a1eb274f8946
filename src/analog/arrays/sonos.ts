/**
 * SONOS charge-trap memory, in currents: spread, drift and read noise up to five days after programming.
 *
 * Source: Agrawal et al. 2022 (IEDM), as fitted in CrossSim 3.2.0 (`devices/custom/SONOS.py`). Fits stand at
 * whole days; coefficients are linear between them. States near 0 have almost no error; low ones drift up,
 * high ones down.
 */

/** Coefficients at whole days 0..5: A and B in nA, then p_0 .. p_10 in nA^(1 - n). */
const AMPLITUDE_NA = [19.88665, 25.59102, 28.72753, 31.04318, 33.76214, 34.57909];
const SCALE_NA = [176.3115, 186.85544, 193.56834, 198.90332, 204.77023, 207.34309];
const SHIFT = [
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [
    1.72684e-1,
    5.72552e-2,
    -6.85715e-4,
    3.50271e-6,
    -9.37682e-9,
    1.40575e-11,
    -1.19803e-14,
    5.41293e-18,
    -8.85448e-22,
    -1.66869e-25,
    5.95180e-29,
  ],
  [
    2.50712e-1,
    6.62195e-2,
    -6.83218e-4,
    2.99442e-6,
    -6.78255e-9,
    7.70482e-12,
    -3.04983e-15,
    -2.15919e-18,
    2.94617e-21,
    -1.23359e-24,
    1.85329e-28,
  ],
  [
    -1.75300e-2,
    9.76883e-2,
    -9.63791e-4,
    4.55551e-6,
    -1.22391e-8,
    1.93786e-11,
    -1.85899e-14,
    1.07659e-17,
    -3.58211e-21,
    5.96785e-25,
    -3.30410e-29,
  ],
  [
    4.03338e-2,
    1.03111e-1,
    -1.04740e-3,
    4.83961e-6,
    -1.28132e-8,
    1.99484e-11,
    -1.85139e-14,
    1.00008e-17,
    -2.84944e-21,
    3.01008e-25,
    1.18747e-29,
  ],
  [
    3.19927e-1,
    1.06596e-1,
    -1.04054e-3,
    4.50290e-6,
    -1.10352e-8,
    1.56477e-11,
    -1.27592e-14,
    5.45513e-18,
    -7.26841e-22,
    -2.43893e-25,
    7.14608e-29,
  ],
];

/** Linear between whole days; beyond the last, the last interval's line (which the data do not support). */
function atTime(byDay: readonly number[], t_days: number): number {
  const day = Math.min(Math.floor(t_days), byDay.length - 2);
  return byDay[day] + (t_days - day) * (byDay[day + 1] - byDay[day]);
}

/** Mean and SD of a current, nA, `t_days` after it was programmed; the SD follows from the shifted mean. */
export function sonosDrift(t_days: number) {
  const shift = SHIFT[0].map((_, n) => atTime(SHIFT.map((row) => row[n]), t_days));
  const amplitude = atTime(AMPLITUDE_NA, t_days), scale = atTime(SCALE_NA, t_days);
  return {
    mean_nA: (current_nA: number) =>
      current_nA + shift.reduceRight((sum, p) => sum * current_nA + p, 0),
    sd_nA: (mean_nA: number) => Math.max(amplitude * (1 - Math.exp(-mean_nA / scale)), 0),
  };
}

/** SD of one read of a current, nA, at any time. */
export const sonosReadSd_nA = (current_nA: number): number =>
  12.58037 * (1 - Math.exp(-current_nA / 215.36557));
