/** Each imperfection alone, on the recorded network: the stronger, the worse. */
import assert from "node:assert/strict";
import { gaussian } from "../../../src/analog/mod.ts";
import { type PartialConfig, resolveConfig } from "../../../src/config.ts";
import { deriveSeed, prng } from "../../../src/random.ts";
import { recordedNetwork } from "../../../src/verify/mod.ts";

const { network, crossbars, x } = await recordedNetwork("tests/golden/aimc/e2e.json");
type HardwareInput = NonNullable<PartialConfig["hardware"]>;

const perfect: HardwareInput = {
  dac: { kind: "ideal", bound: null },
  adc: { kind: "ideal", bound: null },
  outputNoise: 0,
  programmingNoise: 0,
  readNoise: 0,
  drift: 0,
  driftCompensation: "none",
};

/** The recorded network with its clipped inputs, and nothing else that is not digital. */
const reference = network.logits(crossbars(resolveConfig({ hardware: perfect }).hardware), x, 0);

/** Rms of the logits' deviation from the reference, over repeats. */
function deviation(settings: HardwareInput, t_inference_s: number | null): number {
  const { hardware } = resolveConfig({ hardware: { ...perfect, ...settings } });
  let squares = 0, n = 0;
  for (let repeat = 0; repeat < 4; repeat++) {
    const normal = gaussian(prng(1, `repeat ${repeat}`));
    const readings = t_inference_s === null
      ? undefined
      : network.drift(network.program(hardware, normal), t_inference_s, hardware, normal);
    const seed = deriveSeed(1, `noise ${repeat}`);
    const logits = network.logits(crossbars(hardware), x, seed, (t) => t, readings);
    logits.forEach((v, i) => squares += (v - reference[i]) ** 2);
    n += logits.length;
  }
  return Math.sqrt(squares / n);
}

const bits = (bits: number, bound: number) => ({ kind: "bits", bits, bound }) as const;
const ladders: Record<string, { settings: HardwareInput[]; at: number | null }> = {
  "DAC bits": { settings: [10, 8, 6, 4].map((b) => ({ dac: bits(b, 1) })), at: null },
  "ADC bits": { settings: [10, 8, 6, 4].map((b) => ({ adc: bits(b, 10) })), at: null },
  "output noise": {
    settings: [0.02, 0.04, 0.1, 0.3].map((outputNoise) => ({ outputNoise })),
    at: null,
  },
  "programming noise": {
    settings: [0.5, 1, 2, 4].map((programmingNoise) => ({ programmingNoise })),
    at: 0,
  },
  "read noise": { settings: [0.5, 1, 2, 4].map((readNoise) => ({ readNoise })), at: 60 },
  drift: { settings: [0.5, 1, 2, 4].map((drift) => ({ drift })), at: 3_600 },
};

for (const [name, { settings, at }] of Object.entries(ladders)) {
  Deno.test(`${name} alone takes the logits away, in the order of its strength`, () => {
    const found = settings.map((s) => deviation(s, at));
    found.forEach((d, i) => assert.ok(d > (found[i - 1] ?? 0) * 1.02, `${found}`));
  });
}

Deno.test("drift is the worse the later, and compensation takes most of it back", () => {
  const at = (t: number, driftCompensation: "global" | "none") =>
    deviation({ drift: 1, driftCompensation }, t);
  const times = [60, 3_600, 86_400, 2_592_000];
  const bare = times.map((t) => at(t, "none")), mended = times.map((t) => at(t, "global"));
  bare.forEach((d, i) =>
    assert.ok(d > (bare[i - 1] ?? 0) && d > 2 * mended[i], `${bare} ${mended}`)
  );
});
