/** A condition and a time that no figure knows reach the figures of a table that holds them. */
import assert from "node:assert/strict";
import { studyOf } from "@/analyse/mod.ts";
import { drawFigure } from "@/figure/mod.ts";
import { loadReference } from "@/table/mod.ts";

const published = await loadReference();
/** Worth a constant, so that quantiles and the best cell are known: the first of all on the tie. */
const made: Readonly<Record<string, number>> = { "pruned_4bit": 42, "hwt@1y": 7 };
const study = studyOf({
  benchmark: {
    ...published,
    metrics: [...published.metrics, ...Object.keys(made)],
    accuracy: (metric) =>
      metric in made
        ? new Float64Array(published.accuracy("hwt").length).fill(made[metric])
        : published.accuracy(metric),
  },
});

Deno.test("a made-up condition is a histogram of its own, in grey and under its name", async () => {
  const { svg, json } = await drawFigure("accuracy_distributions", study);
  const { conditions } = JSON.parse(json);
  assert.equal(conditions.length, 6);
  const { condition, label, median, n } = conditions[5];
  assert.deepEqual([condition, label, median, n], ["pruned_4bit", "pruned 4bit", 42, 15_284]);
  assert.match(svg, />pruned 4bit<\/text>/);
  assert.match(svg, /#777777/);
});

Deno.test("a made-up condition and a new time are columns of the table of best cells", async () => {
  const { svg, json } = await drawFigure("best_cells", study);
  assert.match(JSON.parse(json).title, /win all 15 metrics/);
  for (const column of ["pruned 4bit", "HWT, 1 year"]) assert.match(svg, RegExp(`>${column}<`));
  const first = JSON.parse(json).cells.find(({ cell }: { cell: string }) =>
    cell === "(0,0,0,0,0,0)"
  );
  assert.deepEqual(first.best_by, ["pruned_4bit", "hwt@1y"]);
  assert.deepEqual([first.accuracy.pruned_4bit, first.accuracy["hwt@1y"]], [42, 7]);
});
