import assert from "node:assert/strict";
import { predictorGains } from "@/analyse/mod.ts";

Deno.test("a gain is the mean difference seed by seed, whatever the order of the scores", () => {
  const score = (features: "twelve" | "with_paths", seed: number, tau: number) => ({
    metric: "noisy",
    features,
    training_cells: 50,
    seed,
    tau,
  });
  const [gain] = predictorGains([
    score("twelve", 0, 0.1),
    score("with_paths", 1, 0.9),
    score("with_paths", 0, 0.3),
    score("twelve", 1, 0.5),
  ]);
  assert.equal(gain.training_cells, 50);
  assert.ok(Math.abs(gain.twelve.estimate - 0.3) < 1e-12);
  assert.ok(Math.abs(gain.with_paths.estimate - 0.6) < 1e-12);
  // Differences 0.2 and 0.4: mean 0.3, and with one degree of freedom 12.7062 * 0.1 to either side.
  assert.ok(Math.abs(gain.gain.estimate - 0.3) < 1e-12);
  assert.ok(Math.abs(gain.gain.high - 0.3 - 1.27062) < 1e-4);
});
