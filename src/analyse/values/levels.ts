/** How many cells there are and how accurate they are. */
import { CELL_COUNT, cellAt, cellText } from "../../space/mod.ts";
import type { Study } from "../study.ts";
import { RESAMPLES } from "../../stats/mod.ts";
import { CLASSES, CONNECTED, EXPRESSIONS, FUNCTIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { NEARLY_POINTS } from "../table/pareto.ts";
import { TARGET } from "../table/statistics.ts";
import { type Entry, withInterval } from "./entry.ts";

/** Draws of random search. */
const DRAWS = [10, 50, 100, 200, 500];

export function counts({ benchmark: { metrics } }: Study): Entry[] {
  return [
    ["table.rows", CELL_COUNT * metrics.length],
    ["table.cells", CELL_COUNT],
    ["table.metrics", metrics.length],
    ["table.disconnected", CELL_COUNT - CONNECTED.length],
    ["table.connected", CONNECTED.length],
    ["table.isomorphism_classes", new Set(CLASSES).size],
    ["table.functions", new Set(take(FUNCTIONS, CONNECTED)).size],
    ["table.expressions", new Set(EXPRESSIONS).size],
    ["table.resamples", RESAMPLES],
    ["pareto.nearly_points", NEARLY_POINTS],
  ];
}

export function levels(study: Study): Entry[] {
  return study.levels.flatMap(({ outcome, mean, median }) => {
    const metric = study.benchmark.metrics.find((held) => held === outcome);
    return metric === undefined
      ? [...withInterval(`${outcome}.mean`, mean), ...withInterval(`${outcome}.median`, median)]
      : [
        ...withInterval(`mean.${metric}`, mean),
        ...withInterval(`median.${metric}`, median),
        [`best.${metric}`, study.best(metric).accuracy_pct],
        [`best.${metric}.cell`, cellText(cellAt(study.best(metric).cell_index))],
      ] as Entry[];
  });
}

export function randomSearch(study: Study): Entry[] {
  return DRAWS.map((n) => [`random_search.${TARGET}.${n}`, study.randomSearch(n)]);
}
