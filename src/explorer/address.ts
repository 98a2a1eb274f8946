/** The page's address after "#": the path of cells walked so far, the metric, and the cells compared. */
import { type Cell, cellAt, cellIndex, parseCell } from "../space/mod.ts";
import { parseMetric } from "../table/metric.ts";

/** What the page shows. */
export interface Place {
  /** cell_index of the cells walked, the shown one last; at least one. */
  readonly path: readonly number[];
  readonly metric: string;
  /** cell_index of the cells compared; at most `MOST_COMPARED`. */
  readonly compared: readonly number[];
}

/** Cells that can stand side by side. */
export const MOST_COMPARED = 4;

const digits = (index: number) => cellAt(index).join("");
const fromDigits = (text: string): number => {
  if (!/^[0-4]{6}$/.test(text)) parseCell(text);
  return cellIndex([...text].map(Number) as unknown as Cell);
};

/** "path=220421-220422&metric=hwt@1d&compare=220421". */
export function addressOf({ path, metric, compared }: Place): string {
  const compare = compared.length === 0 ? "" : `&compare=${compared.map(digits).join("-")}`;
  return `path=${path.map(digits).join("-")}&metric=${metric}${compare}`;
}

/**
 * The place that an address names; parts that it lacks are those of `otherwise`. Throws InputError for a cell
 * or metric that is none.
 */
export function parseAddress(address: string, otherwise: Place, metrics: readonly string[]): Place {
  const parts = new URLSearchParams(address.replace(/^#/, ""));
  const cells = (name: string) =>
    parts.get(name)?.split("-").filter((t) => t !== "").map(fromDigits);
  const path = cells("path") ?? [], metric = parts.get("metric");
  return {
    path: path.length === 0 ? otherwise.path : path,
    metric: metric === null ? otherwise.metric : parseMetric(metric, metrics),
    compared: (cells("compare") ?? otherwise.compared).slice(0, MOST_COMPARED),
  };
}
