/** The address names a place, and a broken one is a sentence. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf, parseAddress, type Place } from "@/explorer/mod.ts";
import { InputError } from "@/input_error.ts";

const METRICS = ["baseline", "hwt@1d"];
const HOME: Place = { path: [7611], metric: "hwt@1d", compared: [] };
const read = (address: string) => parseAddress(address, HOME, METRICS);

Deno.test("an address read is the place written, cells that begin with 0 too", () => {
  const cell = fc.integer({ min: 0, max: 15_624 });
  const place = fc.record({
    path: fc.array(cell, { minLength: 1, maxLength: 6 }),
    metric: fc.constantFrom(...METRICS),
    compared: fc.array(cell, { maxLength: 4 }),
  }, { noNullPrototype: true });
  fc.assert(fc.property(place, (p) => assert.deepEqual(read("#" + addressOf(p)), p)));
});

Deno.test("digits are the tuple's, and what is missing is as before", () => {
  assert.deepEqual(read("#path=000001"), { ...HOME, path: [1] });
  assert.deepEqual(read(""), HOME);
});

Deno.test("a cell or metric that is none is an InputError that names the nearest", () => {
  assert.throws(
    () => read("#path=220925"),
    (e) => e instanceof InputError && /nearest/.test(e.message),
  );
  assert.throws(() => read("#path=000007"), InputError);
  assert.throws(
    () => read("#metric=hwt@1dd"),
    (e) => e instanceof InputError && /nearest/.test(e.message),
  );
});
