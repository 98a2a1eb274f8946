/** The address names a place, and a broken one is a sentence. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf, parseAddress, type Place } from "@/explorer/mod.ts";
import { InputError } from "@/input_error.ts";

const NAMES = { metrics: ["baseline", "hwt@1d"], columns: ["hwt@1d", "tiles", "number_of_none"] };
const HOME: Place = {
  path: [7611],
  metric: "hwt@1d",
  compared: [],
  brush: [],
  bounds: [],
  onePerFunction: false,
};
const read = (address: string) => parseAddress(address, HOME, NAMES);

Deno.test("an address read is the place written, cells that begin with 0 too", () => {
  const cell = fc.integer({ min: 0, max: 15_624 });
  const end = fc.integer({ min: -99_999, max: 99_999 }).map((n) => n / 100);
  const range = fc.record({
    column: fc.constantFrom(...NAMES.columns),
    low: fc.oneof(end, fc.constant(-Infinity)),
    high: fc.oneof(end, fc.constant(Infinity)),
  }, { noNullPrototype: true });
  const place = fc.record({
    path: fc.array(cell, { minLength: 1, maxLength: 6 }),
    metric: fc.constantFrom(...NAMES.metrics),
    compared: fc.array(cell, { maxLength: 4 }),
    brush: fc.array(range, { maxLength: 2 }),
    bounds: fc.array(range, { maxLength: 3 }),
    onePerFunction: fc.boolean(),
  }, { noNullPrototype: true });
  fc.assert(fc.property(place, (p) => assert.deepEqual(read("#" + addressOf(p)), p)));
});

Deno.test("digits are the tuple's, and what is missing is as before", () => {
  assert.deepEqual(read("#path=000001"), { ...HOME, path: [1] });
  assert.deepEqual(read(""), HOME);
  assert.deepEqual(read("#brush=tiles::40&one=1"), {
    ...HOME,
    brush: [{ column: "tiles", low: -Infinity, high: 40 }],
    onePerFunction: true,
  });
});

Deno.test("a cell, metric or column that is none is an InputError that names the nearest", () => {
  assert.throws(
    () => read("#path=220925"),
    (e) => e instanceof InputError && /nearest/.test(e.message),
  );
  assert.throws(() => read("#path=000007"), InputError);
  assert.throws(
    () => read("#metric=hwt@1dd"),
    (e) => e instanceof InputError && /nearest/.test(e.message),
  );
  assert.throws(
    () => read("#bounds=tile:1:2"),
    (e) => e instanceof InputError && /nearest is tiles/.test(e.message),
  );
  for (const broken of ["tiles:x:2", "tiles:1:2:3"]) {
    assert.throws(() => read(`#brush=${broken}`), InputError);
  }
});
