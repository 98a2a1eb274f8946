import assert from "node:assert/strict";
import { renderSvg } from "@/figure/grammar/render.ts";
import { learningCurves } from "@/figure/notebook/learning_curves.ts";

Deno.test("learning curves draw one line a run in each of two panels", async () => {
  const records = [1, 2, 3].map((epoch) => ({
    epoch,
    loss: 2 / epoch,
    train_accuracy_pct: 20 * epoch,
  }));
  const spec = learningCurves("A title", [
    { name: "one", seed: 0, records },
    { name: "one", seed: 1, records },
    { name: "two", seed: 0, records },
  ]);
  const svg = await renderSvg(spec);
  assert.equal([...svg.matchAll(/aria-roledescription="line mark"/g)].length, 6);
  assert.match(svg, /A title/);
  assert.match(svg, /Cross entropy/);
});
