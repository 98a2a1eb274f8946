import assert from "node:assert/strict";
import { resolveConfig } from "@/config.ts";
import { ANCHOR } from "@/contrast/mod.ts";
import { anchorPlan } from "@/measure/mod.ts";
import { buildNetwork, layersOf } from "@/network/mod.ts";
import { parseArchitecture } from "@/space/mod.ts";

Deno.test("the anchor has as many weights as the network that was measured on hardware", () => {
  // Joshi et al. 2020, abstract: 361,722 weights. Counted layer by layer, biases of the classifier included.
  const plan = buildNetwork(parseArchitecture(ANCHOR.text), {});
  const weights = layersOf(plan).map((entry) => {
    if (entry.kind === "convolution") {
      const { inChannels, outChannels, kernel } = entry.layer;
      return inChannels * outChannels * kernel ** 2;
    }
    if (entry.kind !== "linear") return 0;
    return (entry.layer.inFeatures + 1) * entry.layer.outFeatures;
  });
  assert.equal(weights.reduce((a, b) => a + b), 361_722);
});

Deno.test("the anchor is read over a day, on programming events of its own", () => {
  const { configs, units } = anchorPlan();
  assert.deepEqual(units.map(({ architecture }) => architecture), [ANCHOR.text, ANCHOR.text]);
  for (const { config } of units) {
    const { measurement, protocol } = resolveConfig(configs[config] as object);
    assert.equal(protocol, "corrected");
    assert.equal(measurement.inferenceTimes_s.at(-1), 86_400);
    assert.ok(measurement.repeats >= 25);
  }
});
