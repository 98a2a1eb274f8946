/** The page's address after "#": the path of cells walked so far, the metric, cells compared and cells chosen. */
import { cellAt, cellIndex, parseCell } from "../space/mod.ts";
import { parseMetric } from "../table/metric.ts";
import { parseRanges, type Range, rangesText } from "./range.ts";

/** What the page shows. */
export interface Place {
  /** cell_index of the cells walked, the shown one last; at least one. */
  readonly path: readonly number[];
  readonly metric: string;
  /** cell_index of the cells compared; at most `MOST_COMPARED`. */
  readonly compared: readonly number[];
  /** The brushed rectangle; empty: no brush. */
  readonly brush: readonly Range[];
  /** Bounds set beside it. */
  readonly bounds: readonly Range[];
  /** Only the best chosen cell of each function. */
  readonly onePerFunction: boolean;
}

/** Names that an address may use. */
export interface Names {
  readonly metrics: readonly string[];
  readonly columns: readonly string[];
}

/** Cells that can stand side by side. */
export const MOST_COMPARED = 4;

const digits = (index: number) => cellAt(index).join("");
const fromDigits = (text: string): number => {
  const isDigits = /^[0-4]{6}$/.test(text);
  return cellIndex(parseCell(isDigits ? `(${[...text].join(",")})` : text));
};

/** "path=220421-220422&metric=hwt@1d&compare=220421&brush=baseline:90:94&bounds=tiles::100&one=1". */
export function addressOf(place: Place): string {
  const { path, metric, compared, brush, bounds, onePerFunction } = place;
  const parts = [
    ["path", path.map(digits).join("-")],
    ["metric", metric],
    ["compare", compared.map(digits).join("-")],
    ["brush", rangesText(brush)],
    ["bounds", rangesText(bounds)],
    ["one", onePerFunction ? "1" : ""],
  ];
  return parts.filter(([, text]) => text !== "").map((part) => part.join("=")).join("&");
}

/**
 * The place that an address names; path and metric that it lacks are those of `otherwise`. Throws InputError
 * for a cell, metric or column that is none.
 */
export function parseAddress(address: string, otherwise: Place, names: Names): Place {
  const parts = new URLSearchParams(address.replace(/^#/, ""));
  const cells = (name: string) =>
    (parts.get(name) ?? "").split("-").filter((t) => t !== "").map(fromDigits);
  const ranges = (name: string) => parseRanges(parts.get(name) ?? "", names.columns);
  const path = cells("path"), metric = parts.get("metric");
  return {
    path: path.length === 0 ? otherwise.path : path,
    metric: metric === null ? otherwise.metric : parseMetric(metric, names.metrics),
    compared: cells("compare").slice(0, MOST_COMPARED),
    brush: ranges("brush"),
    bounds: ranges("bounds"),
    onePerFunction: parts.get("one") === "1",
  };
}
