/** What `deno task search` prints of its runs. */
import { type AccuracyOf, foundAfter, incumbents, maximum, searchCurve } from "../analyse/mod.ts";
import type { Setting } from "../search/mod.ts";
import type { Histories } from "../table/mod.ts";
import { textTable } from "./text_table.ts";

/** A table of what the runs found, after some numbers of queries. */
export function searchSummary(
  histories: Histories,
  { metric, queries }: Setting,
  accuracy: AccuracyOf,
): string {
  const truth = accuracy(metric), optimum = maximum(truth);
  const cells = incumbents(histories, accuracy, metric);
  const found = (query: number) => foundAfter(cells, histories.queries, query, truth);
  const at = [...[20, 50, 100, 200, 500, 1000, 5000].filter((q) => q < queries), queries];
  const head = ["queries", "q25", "median", "q75", "mean", "regret", "within 0.5", "within 1"];
  const lines = searchCurve(found, optimum, at).map((s) => [
    s.query,
    ...[s.q25, s.median, s.q75, s.mean, s.regret, s.within_half, s.within_one].map((v) =>
      v.toFixed(3)
    ),
  ]);
  return `${histories.method}, ${metric}, ${histories.seeds.length} runs, optimum ${optimum} %\n` +
    textTable(head, lines);
}
