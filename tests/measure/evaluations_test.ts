/** What data/README.md says of one evaluation against 25, held against the committed file. */
import assert from "node:assert/strict";
import evaluations from "../../data/measured/replication/evaluations.json" with { type: "json" };

const { units } = evaluations;
const order = (values: readonly number[]) =>
  [...values.keys()].sort((a, b) => values[a] - values[b]);

Deno.test("the stored value of a cell is the first of its 25 evaluations", () => {
  for (const { unit, stored_pct, accuracies_pct } of units) {
    assert.equal(accuracies_pct.length, 25);
    assert.equal(stored_pct, accuracies_pct[0], unit);
    assert.equal(new Set(accuracies_pct).size > 10, true, "crops differ between evaluations");
  }
});

Deno.test("data/README.md quotes their spread and their distance from the mean", async () => {
  const variances = units.map(({ accuracies_pct }) => {
    const mean = accuracies_pct.reduce((a, b) => a + b) / 25;
    return accuracies_pct.reduce((sum, a) => sum + (a - mean) ** 2, 0) / 24;
  });
  const sd = Math.sqrt(variances.reduce((a, b) => a + b) / variances.length);
  const apart = units.map(({ stored_pct, mean_pct }) => Math.abs(stored_pct - mean_pct));
  const text = (await Deno.readTextFile("data/README.md")).replaceAll(/\s+/g, " ");
  const [low, high] = [Math.min(...apart), Math.max(...apart)].map((d) => d.toFixed(2));
  assert.ok(text.includes(`an SD of ${sd.toFixed(2)} points`), sd.toFixed(2));
  assert.ok(text.includes(`are ${low} to ${high} points from the means of 25`), `${low} ${high}`);
  assert.deepEqual(order(units.map((u) => u.stored_pct)), order(units.map((u) => u.mean_pct)));
});
