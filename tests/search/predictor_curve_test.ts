import assert from "node:assert/strict";
import { predictorCurve } from "@/search/mod.ts";
import { prng } from "@/random.ts";
import { allCells, expressionClasses, linearPaths } from "@/space/mod.ts";

Deno.test("a metric that linear paths decide is ranked by forests that see them, and less by those that do not", () => {
  const accuracy = Float64Array.from(allCells(), (cell) => 90 - 20 * linearPaths(cell));
  const points = predictorCurve(accuracy, [100], [0, 1]);
  assert.equal(points.length, 4);
  const tau = (features: string, seed: number) =>
    points.find((p) => p.features === features && p.seed === seed)!.tau;
  for (const seed of [0, 1]) {
    assert.ok(tau("with_paths", seed) > 0.75, `${tau("with_paths", seed)}`);
    assert.ok(tau("twelve", seed) < tau("with_paths", seed) - 0.1, `${tau("twelve", seed)}`);
  }
  assert.deepEqual(
    predictorCurve(accuracy, [100], [1]),
    points.slice(2),
    "a seed's forests are its own",
  );
});

Deno.test("no expression of a training cell is judged: accuracies known by copying alone give no agreement", () => {
  // Chance by expression class: a copy's accuracy is known exactly, any other's not at all.
  const random = prng(0, "accuracy of each class"), classes = expressionClasses();
  const values = Array.from({ length: Math.max(...classes) + 1 }, () => 100 * random.uniform());
  const accuracy = Float64Array.from(classes, (c) => values[c]);
  for (const { tau } of predictorCurve(accuracy, [400], [0])) {
    assert.ok(Math.abs(tau) < 0.06, `${tau}`);
  }
});
