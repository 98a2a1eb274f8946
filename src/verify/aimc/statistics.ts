/** Statistics of devices and of weights on them against AIHWKit 1.1.0 (files s_pcm_stats, s_device_stats). */
import { z } from "zod";
import {
  drawDriftExponents,
  driftConductances,
  driftTile,
  gaussian,
  programConductances,
  programTile,
} from "../../analog/mod.ts";
import { type Hardware, resolveConfig } from "../../config.ts";
import { prng } from "../../random.ts";
import { type GoldenReport, readGolden, worstOf } from "../report.ts";

const percentiles = z.record(z.string(), z.number());
const sample = z.object({
  n: z.number(),
  mean: z.number(),
  std: z.number(),
  se_mean: z.number(),
  se_std: z.number(),
  frac_zero: z.number(),
  percentiles,
  se_percentiles: percentiles,
});
type Sample = z.infer<typeof sample>;

export async function checkDeviceStatistics(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      g_max: z.number(),
      n: z.number(),
      rows: z.array(z.object({
        g_target_uS: z.number(),
        programmed: sample,
        nu: sample,
        at_time: z.record(z.string(), sample),
      })).nonempty(),
    }),
  );
  const device = resolveConfig({ hardware: { gMax_uS: golden.g_max } }).hardware;
  return worstOf(golden.rows, (row, index) =>
    lookedAtTwice((look, times) => {
      const normal = gaussian(prng(index + 1, `device statistics ${look}`));
      const target = new Float32Array(times * golden.n).fill(row.g_target_uS);
      const programmed = programConductances(target, device, normal);
      const nu = drawDriftExponents(target, device, normal);
      const drifted = Object.entries(row.at_time).map(([t, wanted]) =>
        deviation(driftConductances(programmed, nu, Number(t), device, normal), wanted)
      );
      return {
        "programmed, of 4 se": deviation(programmed, row.programmed),
        "nu, of 4 se": deviation(nu, row.nu),
        "drifted, of 4 se": Math.max(...drifted),
      };
    }));
}

/**
 * Shares of a tolerance found by chance; where one is missed, those of a second sample of its own, four
 * times as large. A file holds hundreds of numbers with standard errors that are estimates themselves:
 * one of them lies beyond four by chance every few dozen files, and the larger sample takes away our part.
 */
function lookedAtTwice(
  shares: (look: number, times: number) => Record<string, number>,
): Record<string, number> {
  const first = shares(1, 1);
  return Object.values(first).every((share) => share <= 1) ? first : shares(2, 4);
}

export async function checkWeightStatistics(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      cases: z.array(z.object({
        device: z.enum(["pcm", "reram_wan2022"]),
        pairs: z.number(),
        g_max: z.number(),
        g_min: z.number(),
        n: z.number(),
        rows: z.array(z.object({
          weight: z.number(),
          programmed: sample,
          at_time: z.record(z.string(), sample),
        })).nonempty(),
      })).nonempty(),
    }),
  );
  return worstOf(golden.cases, ({ device, pairs, g_max, g_min, n, rows }, index) => {
    const hardware: Hardware =
      resolveConfig({ hardware: { device, pairs, gMax_uS: g_max, gMin_uS: g_min } }).hardware;
    const normal = gaussian(prng(index + 1, "weight statistics"));
    const exact = Float32Array.from(
      rows.flatMap(({ weight }) => new Array<number>(n).fill(weight)),
    );
    const worst = (found: Float32Array, wanted: (row: typeof rows[number]) => Sample) =>
      Math.max(...rows.map((row, i) => deviation(found.slice(i * n, (i + 1) * n), wanted(row))));
    const programmed = programTile(exact, hardware, normal);
    const read = Object.keys(rows[0].at_time).map((t) =>
      worst(
        driftTile({ ...programmed, weights: exact }, Number(t), hardware, normal),
        (row) => row.at_time[t],
      )
    );
    return {
      "programmed, of 4 se": worst(programmed.weights, (row) => row.programmed),
      "read, of 4 se": Math.max(...read),
    };
  });
}

/** Largest deviation of a sample's mean, sd, percentiles and zeros from `wanted`, in 4 joint standard errors. */
function deviation(values: Float32Array, wanted: Sample): number {
  const n = values.length, joint = Math.sqrt(1 + wanted.n / n);
  const sorted = values.slice().sort();
  let sum = 0;
  for (const v of values) sum += v;
  const mean = sum / n;
  let squares = 0;
  for (const v of values) squares += (v - mean) ** 2;
  const sd = Math.sqrt(squares / (n - 1));
  const errors = (difference: number, se: number) =>
    difference === 0 ? 0 : Math.abs(difference) / (4 * se * joint);
  const zeros = values.reduce((count, v) => count + (v === 0 ? 1 : 0), 0) / n;
  const p = wanted.frac_zero, pooled = (zeros * n + p * wanted.n) / (n + wanted.n);
  const zeroError = Math.sqrt(pooled * (1 - pooled) / wanted.n);
  const parts = [
    errors(mean - wanted.mean, wanted.se_mean),
    errors(sd - wanted.std, wanted.se_std),
    errors(zeros - p, zeroError),
  ];
  for (const [percent, value] of Object.entries(wanted.percentiles)) {
    const q = Number(percent) / 100;
    // Where a percentile is within reach of the atom at zero, the share of zeros has judged already.
    if (p > 0 && Math.abs(q - p) < 0.01 || q < p) continue;
    const rank = q * (n - 1), low = Math.floor(rank);
    const quantile = sorted[low] + (rank - low) * (sorted[Math.min(low + 1, n - 1)] - sorted[low]);
    parts.push(errors(quantile - value, wanted.se_percentiles[percent]));
  }
  return Math.max(...parts);
}
