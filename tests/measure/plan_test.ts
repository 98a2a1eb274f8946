import assert from "node:assert/strict";
import { InputError } from "@/input_error.ts";
import { parsePlan, PLAN_VERSION, planUnit } from "@/measure/mod.ts";

const good = {
  version: PLAN_VERSION,
  study: "miniature",
  configs: { small: {} },
  units: [planUnit(9206, 0, "small", "stratum 1 of 2"), planUnit(9206, 1, "small", "seed")],
};

const refuses = (change: unknown, reason: RegExp) =>
  assert.throws(() => parsePlan(JSON.stringify(change), "p.json"), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /^p\.json: /);
    assert.match(error.message, reason);
    return true;
  });

Deno.test("a plan survives its file", () => {
  assert.deepEqual(parsePlan(JSON.stringify(good), "p.json"), good);
  // 9206 in base 5 is 243311, written by hand
  assert.equal(good.units[0].unit_id, "243311-s0-small");
});

Deno.test("a plan that cannot be run is refused with the reason", () => {
  refuses({ ...good, version: 7 }, /version 7; this workspace reads version 1/);
  refuses({ ...good, units: [] }, /units/);
  refuses({ ...good, extra: 1 }, /extra/);
  refuses({ ...good, units: [planUnit(0, 0, "large", "")] }, /names no config: large/);
  refuses({ ...good, units: [good.units[0], good.units[0]] }, /listed twice/);
  assert.throws(() => parsePlan("{", "p.json"), /p\.json: not a plan/);
});
