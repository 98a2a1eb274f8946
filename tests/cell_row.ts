/** Made-up rows of a cell of NAS-Bench-201. */
import { archStr, cellAt } from "@/space/mod.ts";
import { type Metric, metricParts, type Row } from "@/table/schema.ts";

/** A row as a study under the published protocol measures it, once and without an SD. */
export const cellRow = (
  cell_index: number,
  metric: Metric,
  accuracy_pct: number,
  change: Partial<Row> = {},
) => ({
  space: "nas_bench_201",
  cell_index,
  arch_str: archStr(cellAt(cell_index)),
  ...metricParts(metric),
  metric,
  repeat: null,
  seed: 0,
  protocol: "as_published",
  source: "replication",
  config_id: "default",
  accuracy_pct,
  accuracy_sd_pct: null,
  repeats: 1,
  repeat_varies: "none",
  ...change,
} as Row);
