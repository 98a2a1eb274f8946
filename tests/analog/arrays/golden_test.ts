/** CrossSim's reference values, file by file, through the checks of `deno task golden`. */
import assert from "node:assert/strict";
import { goldenReports } from "../../../src/verify/mod.ts";

Deno.test("the arrays reproduce CrossSim 3.2.0 within the stated tolerances", async (t) => {
  let files = 0;
  for await (const [file, { cases, parts, note }] of goldenReports("tests/golden/crosssim")) {
    assert.notEqual(note, "unknown file", file);
    files++;
    await t.step(file, () => {
      assert.ok(cases > 0 && parts.length > 0);
      for (const { name, error, tolerance } of parts) {
        assert.ok(error <= tolerance, `${name}: ${error} is above ${tolerance}`);
      }
    });
  }
  assert.equal(files, 9);
});
