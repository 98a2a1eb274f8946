/** Reference values: numpy 2.4.6 and SciPy 1.17.1 on the published wheel, see tests/golden/analyse. */
import assert from "node:assert/strict";

const { values } = JSON.parse(
  Deno.readTextFileSync(new URL("../golden/analyse/analysis.json", import.meta.url)),
) as { values: Record<string, number | string> };

export const GOLDEN: Readonly<Record<string, number | string>> = values;

/** Fails where `actual` is further than `tolerance` from the reference value `key`. */
export function assertGolden(key: string, actual: number, tolerance = 1e-9): void {
  assert.ok(key in GOLDEN, `${key} is no reference value`);
  const expected = GOLDEN[key] as number;
  assert.ok(Math.abs(actual - expected) <= tolerance, `${key}: ${actual} is not ${expected}`);
}
