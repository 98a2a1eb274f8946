/** AIHWKit's reference values, file by file, through the checks of `deno task golden`. */
import assert from "node:assert/strict";
import { goldenReports } from "../../../src/verify/mod.ts";

Deno.test("the simulator reproduces AIHWKit 1.1.0 within the stated tolerances", async (t) => {
  for await (const [file, { cases, parts, note }] of goldenReports("tests/golden/aimc")) {
    assert.notEqual(note, "unknown file", file);
    await t.step(file, () => {
      assert.ok(cases > 0 && parts.length > 0);
      for (const { name, error, tolerance } of parts) {
        assert.ok(error <= tolerance, `${name}: ${error} is above ${tolerance}`);
      }
    });
  }
});
