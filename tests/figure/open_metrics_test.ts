/** A condition and a time that no figure knows reach the figures of a table that holds them. */
import assert from "node:assert/strict";
import { studyOf } from "@/analyse/mod.ts";
import { drawFigure } from "@/figure/mod.ts";
import { cellDiagram } from "@/figure/notebook/cell_diagram.ts";
import { loadReference, readMeasured } from "@/table/mod.ts";
import { KNOWN, OWN, studyWithOwnMetric } from "../open_study.ts";

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

const own = await studyWithOwnMetric({ measured: await readMeasured() });
/** A figure's numbers, as they stand in its JSON. */
const drawn = async (id: Parameters<typeof drawFigure>[0]) => {
  const { svg, json } = await drawFigure(id, own);
  return { svg, numbers: JSON.parse(json) };
};
/** Of rows with a metric, the own one's and the known one's, without their names. */
const twins = (rows: readonly { readonly metric: string }[]) =>
  [OWN, KNOWN].map((name) => {
    const { metric: _, ...numbers } = rows.find(({ metric }) => metric === name)!;
    return numbers;
  });
const LABEL = "own method, 2 days";

Deno.test("an own metric is a row and a column of the rank correlations", async () => {
  const { svg, numbers } = await drawn("rank_correlation");
  assert.equal(numbers.pairs.length, 14 * 13 / 2);
  assert.equal(numbers.diagonal.length, 14);
  const [tau] = numbers.pairs.filter((pair: { row: string; column: string }) =>
    pair.row === LABEL && pair.column === "Noisy, 1 h"
  );
  assert.equal(tau.tau, 1); // its twin orders all cells alike
  assert.equal(svg.match(/>own method, 2 days</g)?.length, 2);
});

Deno.test("an own metric has its noise floor and re-test, in a row of its own", async () => {
  const { svg, numbers } = await drawn("noise_floor");
  for (const rows of [numbers.floors, numbers.retests]) {
    const [mine, noisy] = twins(rows);
    assert.deepEqual(mine, noisy);
  }
  assert.match(svg, RegExp(`>${LABEL}<`));
});

Deno.test("a condition that drifts has a panel of its own, at its times", async () => {
  const { svg, numbers } = await drawn("drift_curves");
  const [{ points, cells }] = numbers.conditions.filter(({ condition }: { condition: string }) =>
    condition === "own_method"
  );
  const { t_inference_s: _, ...at2days } = points[0];
  const noisy = numbers.conditions[0].points.find((p: { t_inference_s: number }) =>
    p.t_inference_s === 3600
  );
  assert.deepEqual([points.length, points[0].t_inference_s], [1, 172_800]);
  assert.deepEqual({ ...at2days, t_inference_s: 3600 }, noisy);
  assert.equal(cells[0].name, "best at 2 days");
  for (const words of ["c\u2002own method", "2 days", "best at 2 days"]) {
    assert.match(svg, RegExp(`>${words}<`));
  }
});

Deno.test("an own metric that was measured here is compared too", async () => {
  const { svg, numbers } = await drawn("replication");
  const [mine, noisy] = twins(numbers.agreements) as { tau: unknown }[];
  assert.deepEqual(mine.tau, noisy.tau);
  const curves = Map.groupBy(numbers.curves, (point: { condition: string }) => point.condition);
  assert.equal(curves.get("own method")!.length, 2); // one time, two sources
  assert.match(svg, RegExp(`>${LABEL}<`));
});

Deno.test("a cell's diagram and text hold each metric of the table", async () => {
  const shown = await cellDiagram("(2,2,0,4,2,1)", own.benchmark)[Symbol.for("Jupyter.display")]();
  const accuracy = own.benchmark.accuracy(KNOWN)[own.cell("(2,2,0,4,2,1)").cell_index];
  assert.match(String(shown["text/plain"]), RegExp(`${OWN} ${accuracy.toFixed(2)} %`));
  assert.match(JSON.stringify(shown), /own method/);
});
