import assert from "node:assert/strict";
import { bitsOf, logOf, positivePart, powerOf, within } from "@/analog/tiles/float_bits.ts";
import { prng } from "@/random.ts";

/** Normal float32 values of every magnitude, with the ends of the tables among them. */
const values = (() => {
  const random = prng(0, "float bits");
  const drawn = Float32Array.from(
    { length: 100_000 },
    () => 2 ** (random.integer(252) - 126) * (1 + random.integer(2 ** 23) / 2 ** 23),
  );
  drawn.set([1, 2, 2 ** -126, 1.9999998807907104, 1 + 2 ** -23, 3.4028234663852886e38]);
  return drawn;
})();

Deno.test("logarithms from bits are those of Math within their error", () => {
  const bits = bitsOf(values);
  let worst = 0;
  values.forEach((x, i) => worst = Math.max(worst, Math.abs(logOf(bits[i]) - Math.log(x))));
  assert.ok(worst < 3e-8 + 2e-14, `worst error ${worst}`);
  assert.equal(logOf(bitsOf(Float32Array.of(-3))[0]), logOf(bitsOf(Float32Array.of(3))[0]));
  assert.equal(logOf(0), -127 * Math.LN2);
});

Deno.test("powers from bits are those of Math within their error", () => {
  const bits = bitsOf(values);
  for (const power of [-0.65, 0.5, -1, 1]) {
    const of = powerOf(power);
    values.forEach((x, i) => {
      const exact = x ** power;
      assert.ok(Math.abs(of(bits[i]) - exact) <= 6e-8 * exact, `${x} to the power of ${power}`);
    });
  }
});

Deno.test("bounds without branches bound", () => {
  for (const x of [-2, -1e-9, 0, 0.3, 1e9]) assert.equal(positivePart(x), Math.max(x, 0));
  for (const [x, bounded] of [[-7, 0.049], [0.06, 0.06], [8, 0.1]]) {
    assert.ok(Math.abs(within(x, 0.049, 0.1) - bounded) < 1e-15);
  }
});
