/** Random effects against statsmodels, see tests/golden/stats/gen_random_effects.py. */
import assert from "node:assert/strict";
import { InputError } from "@/input_error.ts";
import { onePlace, randomEffects } from "@/stats/mod.ts";
import golden from "../golden/stats/random_effects.json" with { type: "json" };

const near = (actual: number, expected: number, what: string) =>
  assert.ok(Math.abs(actual - expected) < 1e-8, `${what}: ${actual} is not ${expected}`);

Deno.test("the BCG trials: mean, interval, tau, Q, I2 and prediction interval are statsmodels'", () => {
  const { effects, errors, ...wanted } = golden.bcg;
  const { mean, prediction, tau, q, i2, places } = randomEffects(effects, errors);
  near(mean.estimate, wanted.mean, "mean");
  near(mean.low, wanted.low, "low");
  near(mean.high, wanted.high, "high");
  near(prediction.low, wanted.prediction_low, "prediction low");
  near(prediction.high, wanted.prediction_high, "prediction high");
  near(tau, wanted.tau, "tau");
  near(q, wanted.q, "Q");
  near(i2, wanted.i2, "I2");
  assert.equal(places, 13);
  // metafor's manual, dat.bcg
  assert.equal(q.toFixed(4), "152.2330");
});

Deno.test("places alike by chance: no variance between them, and no interval narrower than the weights'", () => {
  const { effects, errors, mean: centre, high, knapp_factor } = golden.first_three;
  const { mean, tau, i2 } = randomEffects(effects, errors);
  assert.ok(knapp_factor < 1);
  assert.equal(tau, 0);
  assert.equal(i2, 0);
  near(mean.estimate, centre, "mean");
  near(mean.high - centre, (high - centre) / Math.sqrt(knapp_factor), "half width");
});

Deno.test("order and unit change nothing but the unit", () => {
  const { effects, errors } = golden.bcg;
  const one = randomEffects(effects, errors);
  const other = randomEffects(
    effects.map((e) => 100 * e).reverse(),
    errors.map((e) => 100 * e).reverse(),
  );
  near(other.tau / 100, one.tau, "tau");
  near(other.mean.low / 100, one.mean.low, "low");
  near(other.i2, one.i2, "I2");
});

Deno.test("studies of one place, apart and alike: statsmodels' mean and error, and the closed form of two", () => {
  for (const { effects, errors, tau, ...wanted } of [golden.two_apart, golden.two_alike]) {
    const { estimate, error } = onePlace(effects, errors);
    near(estimate, wanted.mean, "mean");
    near(error, wanted.error, "error");
    const [v1, v2] = errors.map((e) => e ** 2), difference = effects[0] - effects[1];
    const tau2 = Math.max(0, (difference ** 2 - v1 - v2) / 2);
    near(Math.sqrt(tau2), tau, "tau");
    near(error, 1 / Math.sqrt(1 / (v1 + tau2) + 1 / (v2 + tau2)), "closed form");
  }
});

Deno.test("one study is its place", () => {
  assert.deepEqual(onePlace([-2], [0.5]), { estimate: -2, error: 0.5 });
});

Deno.test("two places, or an error of nothing, have no summary", () => {
  assert.throws(() => randomEffects([1, 2], [1, 1]), InputError);
  assert.throws(() => randomEffects([1, 2, 3], [1, 0, 1]), InputError);
  assert.throws(() => onePlace([1, 2], [1, 0]), InputError);
  assert.throws(() => onePlace([], []), InputError);
});
