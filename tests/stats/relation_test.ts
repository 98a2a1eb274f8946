/** Against SciPy's values (tests/golden/stats/gen_relation.py), and by closed forms. */
import assert from "node:assert/strict";
import { linearFit, partialSpearman, spearman } from "@/stats/mod.ts";

const golden = JSON.parse(await Deno.readTextFile("tests/golden/stats/relation.json"));

function near(found: number, wanted: number): void {
  assert.ok(Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${found} ${wanted}`);
}

Deno.test("a linear fit has SciPy's slope, intercept, intervals and p", () => {
  const fit = linearFit(golden.x, golden.y);
  for (const name of ["slope", "intercept"] as const) {
    const { estimate, low, high } = fit[name];
    [estimate, low, high].forEach((value, k) => near(value, golden.fit[name][k]));
  }
  for (const name of ["p", "r2", "residual_sd"] as const) near(fit[name], golden.fit[name]);
  assert.equal(fit.n, 40);
});

Deno.test("a line through its points exactly has no residual", () => {
  const { slope, intercept, r2, residual_sd } = linearFit([1, 2, 4], [5, 7, 11]);
  [slope.estimate, slope.low, slope.high].forEach((value) => near(value, 2));
  near(intercept.estimate, 3);
  near(r2, 1);
  near(residual_sd, 0);
});

Deno.test("partial Spearman with none, one and two controls", () => {
  golden.partial.forEach((wanted: Record<"estimate" | "low" | "high" | "p", number>, k: number) => {
    const found = partialSpearman(golden.x, golden.y, golden.controls.slice(0, k));
    for (const name of ["estimate", "low", "high", "p"] as const) near(found[name], wanted[name]);
  });
  near(partialSpearman(golden.x, golden.y).estimate, spearman(golden.x, golden.y));
});
