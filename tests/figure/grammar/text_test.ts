import assert from "node:assert/strict";
import fc from "fast-check";
import { count, fixed, interval, signed } from "@/figure/grammar/format.ts";
import { textWidth } from "@/figure/grammar/fonts.ts";
import { heading, wrap } from "@/figure/grammar/heading.ts";
import { spread } from "@/figure/grammar/spread.ts";

Deno.test("numbers read as in print", () => {
  assert.equal(fixed(-1.25, 1), "−1.3");
  assert.equal(fixed(-0.04, 1), "0.0");
  assert.equal(signed(0.04, 1), "0.0");
  assert.equal(signed(2, 1), "+2.0");
  assert.equal(signed(-2, 1), "−2.0");
  assert.equal(count(15625), "15,625");
  assert.equal(count(999), "999");
  assert.equal(count(1531546), "1,531,546");
  assert.equal(interval(-0.5, 2, 1), "−0.5 to 2.0");
});

Deno.test("wrapping keeps every word and the width", () => {
  const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."abcxyz%τ") });
  fc.assert(fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 20, max: 300 }), (
    words,
    width,
  ) => {
    const lines = wrap(words.join(" "), width, 10);
    assert.deepEqual(lines.join(" ").split(" "), words);
    for (const line of lines) {
      assert.ok(textWidth(line, 10) <= width || !line.includes(" "));
    }
  }));
});

Deno.test("a number is never parted from its per cent sign", () => {
  const { text } = heading("a ".repeat(80) + "100 %", "");
  assert.ok(text.join("\n").endsWith("100\u00a0%"));
});

Deno.test("labels keep their order and distance", () => {
  assert.deepEqual(spread([10, 50, 90], 5), [10, 50, 90]);
  // By hand: three labels 4 apart around 87, the mean of their values; the pair below around 21.
  assert.deepEqual(spread([86, 89, 20, 86, 22], 4), [87, 91, 19, 83, 23]);
});

Deno.test("labels never overlap, keep their order, and move no further in the mean than not at all", () => {
  const value = fc.integer({ min: -1000, max: 1000 });
  fc.assert(fc.property(fc.array(value, { minLength: 1 }), fc.integer({ min: 1, max: 50 }), (
    values,
    gap,
  ) => {
    const placed = spread(values, gap);
    const down = values.map((_, i) => i).sort((a, b) => placed[b] - placed[a]);
    for (let k = 1; k < down.length; k++) {
      assert.ok(values[down[k]] <= values[down[k - 1]]);
      assert.ok(placed[down[k - 1]] - placed[down[k]] >= gap - 1e-9);
    }
    const moved = placed.reduce((sum, at, i) => sum + at - values[i], 0);
    assert.ok(Math.abs(moved) < 1e-6, `moved by ${moved}`);
  }));
});
