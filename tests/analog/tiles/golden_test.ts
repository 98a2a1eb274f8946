/** AIHWKit's reference values, file by file, through the checks of `deno task golden`. */
import assert from "node:assert/strict";
import { goldenReport, referenceFiles } from "@/verify/mod.ts";

const folder = "tests/golden/aimc";

for (const file of referenceFiles(folder)) {
  Deno.test(`the simulator reproduces AIHWKit 1.1.0 within the stated tolerances: ${file}`, async () => {
    const { cases, parts, note } = await goldenReport(`${folder}/${file}`);
    assert.notEqual(note, "unknown file");
    assert.ok(cases > 0 && parts.length > 0);
    for (const { name, error, tolerance } of parts) {
      assert.ok(error <= tolerance, `${name}: ${error} is above ${tolerance}`);
    }
  });
}
