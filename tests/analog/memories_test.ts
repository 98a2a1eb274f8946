/** Laws of the memories against what their sources print, and the stored file against the models. */
import assert from "node:assert/strict";
import { memoryLaws } from "@/analog/mod.ts";
import { readMemoryLaws } from "@/table/mod.ts";

const laws = memoryLaws();
/** A curve at a share of the way from the bottom of the window to its top, uS. */
const at = (device: string, quantity: string, t_s: number, share: number) => {
  const law = laws.find((law) => law.device === device)!;
  const { values_uS } = law.curves.find((c) => c.quantity === quantity && c.t_s === t_s)!;
  return values_uS[share * (values_uS.length - 1)];
};
const near = (value: number, wanted: number, tolerance: number) =>
  assert.ok(Math.abs(value - wanted) <= tolerance, `${value}, not ${wanted}`);

Deno.test("programming errors are the polynomials of the published measurements, in uS", () => {
  // Joshi et al. 2020 as in AIHWKit: 0.26348 + 1.9650 u - 1.1731 u^2 at u = 0, 1/2, 1.
  [[0, 0.26348], [0.5, 0.952705], [1, 1.05538]].forEach(([u, sd]) =>
    near(at("pcm", "spread", 0, u), sd, 1e-9)
  );
  // As in CrossSim, over 0.25 to 25 uS: 0.286386 + 0.075857 G - 0.001788 G^2 at the top.
  near(at("pcm_joshi", "spread", 27, 1), 1.0655, 1e-3);
  // Milo et al. 2021: 4.782321 - 0.009107 G at 50 and 225 uS.
  near(at("rram_milo", "spread", 0, 0), 4.326971, 1e-6);
  near(at("rram_milo", "spread", 0, 1), 2.733246, 1e-6);
  // Wan et al. 2022, the arrays' fit: 1.053 + 0.2374 G - 1.167e-2 G^2 + 1.536e-4 G^3 at 39.2 uS.
  near(at("rram_wan", "spread", 1, 1), 1.6788, 1e-3);
  // The tiles' fit of the same paper: the sum of its coefficients at the top.
  near(at("reram_wan2022", "spread", 1, 1), 1.103, 1e-9);
});

Deno.test("drift, spread and reads of SONOS as tabulated in currents: 100 nA are 1 uS at 0.1 V", () => {
  // Agrawal et al. 2022 at 1600 nA: shift -11.5 nA after a day and -40.7 after five, SD 34.6 nA then.
  near(at("sonos", "shift", 86_400, 1), -0.115, 1e-3);
  near(at("sonos", "shift", 432_000, 1), -0.407, 1e-3);
  near(at("sonos", "spread", 432_000, 1), 0.346, 1e-3);
  // A device at 0 has no error, and a read of 400 nA (a quarter of the window) 12.58 (1 - exp(-400 / 215.4)).
  near(at("sonos", "spread", 0, 0), 0, 1e-6);
  near(at("sonos", "read", 0, 0.25), 0.1061, 1e-3);
});

Deno.test("PCM of the tiles: a day takes the top to 25 (86420 / 20)^-0.049 uS", () => {
  const left = (86_420 / 20) ** -0.049;
  near(at("pcm", "shift", 86_400, 1), 25 * (left - 1), 1e-9);
  assert.ok(at("pcm", "spread", 86_400, 1) > 1.05538 * left, "exponents differ between devices");
  // 1/f noise: 0.0088 sqrt(log((t + 20) / 500e-9)) of the drifted conductance at the top.
  near(at("pcm", "read", 86_400, 1), 25 * left * 0.0088 * Math.sqrt(Math.log(86_420 / 5e-7)), 1e-6);
});

Deno.test("what the study draws are these laws", async () => {
  assert.deepEqual(JSON.parse(JSON.stringify(laws)), await readMemoryLaws(), "deno task memories");
});
