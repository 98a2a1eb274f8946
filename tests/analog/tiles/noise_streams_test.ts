/** Whatever is drawn has a stream of its own: for each layer, tile, batch and reading. */
import assert from "node:assert/strict";
import {
  analogLogits,
  convert,
  type Crossbars,
  drift,
  loadAnalogKernel,
  periphery,
  program,
  tilesOf,
} from "@/analog/mod.ts";
import { loadBackend } from "@/backend.ts";
import { resolveConfig } from "@/config.ts";
import type { NetworkPlan } from "@/network/mod.ts";

const backend = await loadBackend(), kernel = await loadAnalogKernel(backend), { tf } = backend;
const SIZE = 16, SAMPLES = 64;

/** Linear layers one behind the other, each the identity; an image is one pixel of `SIZE` channels. */
function identities(count: number) {
  const names = Array.from({ length: count }, (_, i) => `layer ${i}`);
  const plan: NetworkPlan = {
    architecture: { space: "custom", text: "identities" },
    scale: {},
    classes: SIZE,
    steps: [
      { kind: "global_average", name: "features", inputs: ["images"], live: true },
      ...names.map((name, i) => ({
        kind: "linear" as const,
        name,
        inputs: [names[i - 1] ?? "features"],
        live: true,
        layer: { name, inFeatures: SIZE, outFeatures: SIZE },
      })),
    ],
  };
  const identity = Float32Array.from(
    { length: SIZE ** 2 },
    (_, i) => i % (SIZE + 1) === 0 ? 1 : 0,
  );
  const state = Object.fromEntries(names.flatMap((name) => [
    [`${name}.weight`, identity],
    [`${name}.bias`, new Float32Array(SIZE)],
  ]));
  return { plan, state };
}

const { hardware } = resolveConfig({
  hardware: {
    dac: { kind: "ideal", bound: null },
    adc: { kind: "ideal", bound: null },
    inputRange: 1,
    outputNoise: 0.04,
  },
});
const crossbars: Crossbars = { backend, kernel, periphery: periphery(hardware) };

/** Outputs of `batches` equal batches of zeros: nothing but noise. */
function noise(layers: number, batches: number): Float32Array[] {
  const { plan, state } = identities(layers);
  const logits = analogLogits(crossbars, convert(plan, state, hardware), undefined, 1, "noise");
  const zeros = tf.zeros([SAMPLES, 1, 1, SIZE]) as Parameters<typeof logits.of>[0];
  const found = Array.from({ length: batches }, () => logits.of(zeros).dataSync() as Float32Array);
  logits.dispose();
  return found;
}
const variance = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, v) => sum + v * v, 0) / values.length;

Deno.test("the noise of two layers adds up in the square", () => {
  const n = SAMPLES * SIZE, one = variance(noise(1, 1)[0]), two = variance(noise(2, 1)[0]);
  // Four standard errors of a variance; equal noise in both layers would have four times that of one.
  const error = 4 * Math.sqrt(2 / n);
  assert.ok(Math.abs(one / 0.04 ** 2 - 1) < error, `${one}`);
  assert.ok(Math.abs(two / (2 * 0.04 ** 2) - 1) < error, `${two}`);
});

Deno.test("batches have noise of their own", () => {
  const [a, b] = noise(1, 2), n = a.length;
  const r = a.reduce((sum, v, i) => sum + v * b[i], 0) / (n * 0.04 ** 2);
  assert.ok(Math.abs(r) < 4 / Math.sqrt(n), `${r}`);
});

Deno.test("tiles of equal weights are programmed, and read, each with its own errors", () => {
  const { plan, state } = identities(2), network = convert(plan, state, hardware);
  const [one, two] = tilesOf(network).map(({ name }) => name);
  const programmed = program(network, 3);
  assert.notDeepEqual(programmed[one].weights, programmed[two].weights);
  assert.notDeepEqual(programmed[one].traits, programmed[two].traits);
  const still = { ...network, hardware: { ...hardware, programmingNoise: 0 } };
  const exact = program(still, 3), alike = { [one]: exact[one], [two]: exact[one] };
  const read = drift(still, alike, 60, 4), again = drift(still, alike, 60, 5);
  assert.notDeepEqual(read[one].weights, read[two].weights);
  assert.notDeepEqual(read[one].weights, again[one].weights);
  assert.deepEqual(read, drift(still, alike, 60, 4));
});
