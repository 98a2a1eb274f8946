/** One cell: drawing with its edges as buttons, metrics, ranks, drift, size, marks and copies. Markup as text. */
import {
  archStr,
  cellAt,
  cellText,
  EDGES,
  isConnected,
  liveEdges,
  type Operation,
  OPERATIONS,
} from "../space/mod.ts";
import { queryCell } from "../table/query.ts";
import { EDGE_LABELS, metricLabel, OPERATION } from "../figure/grammar/metrics.ts";
import { type ExplorerData, noiseAt, type RankRange, rankRange } from "./data.ts";
import { cellSvg, driftSvg, edgeMiddle } from "./drawing.ts";
import { decimals, escaped, table } from "./html.ts";

const whole = (value: number) => value.toLocaleString("en-US");

/** "3 to 41 (5 copies)", or "17 (no copy)". */
export function rankText({ best, worst, copies }: RankRange): string {
  if (copies === 1) return `${whole(best)} (no copy)`;
  return `${whole(best)} to ${whole(worst)} (${copies} copies)`;
}

/** The cell with the next operation on `edge`. */
export function turned(cell_index: number, edge: number): readonly Operation[] {
  const cell = cellAt(cell_index);
  return cell.with(edge, (cell[edge] + 1) % OPERATIONS.length as Operation);
}

function drawing(cell_index: number): string {
  const cell = cellAt(cell_index);
  const buttons = EDGES.map((_, edge) => {
    const { x_pct, y_pct } = edgeMiddle(edge);
    const own = OPERATION[OPERATIONS[cell[edge]]];
    const next = OPERATION[OPERATIONS[turned(cell_index, edge)[edge]]];
    return `<button type="button" class="edge" data-edge="${edge}" style="left:${
      x_pct.toFixed(2)
    }%;` +
      `top:${y_pct.toFixed(2)}%" aria-label="Edge ${EDGE_LABELS[edge]}: ${own.label}. Change to ` +
      `${next.label}">${own.short}</button>`;
  });
  return `<div class="graph">${cellSvg(cell, false)}${buttons.join("")}</div>`;
}

/** What is to be known before any number of the cell is trusted. */
function warnings(data: ExplorerData, cell_index: number): string {
  const cell = cellAt(cell_index), dead = liveEdges(cell).filter((live) => !live).length;
  const marks = data.marks(cell_index);
  const lines = [
    ...(isConnected(cell)
      ? []
      : ["Disconnected: the output does not depend on the input, accuracy is chance."]),
    ...(isConnected(cell) && dead > 0
      ? [`${dead} of 6 edges on no path from input to output (dashed or dotted).`]
      : []),
    ...marks.map(({ metric, rule }) =>
      `Contradicted measurement, ${metricLabel(metric)}: ${data.rules[rule]}`
    ),
  ];
  if (lines.length === 0) return "";
  return `<ul class="marks">${lines.map((line) => `<li>⚠ ${escaped(line)}</li>`).join("")}</ul>`;
}

function metrics(data: ExplorerData, cell_index: number): string {
  const { accuracy_pct, accuracy_sd_pct } = queryCell(data.benchmark, cell_index);
  const copies = data.copies(cell_index);
  const rows = data.benchmark.metrics.map((metric) => {
    const sd = accuracy_sd_pct[metric];
    const values = copies.map((i) => data.benchmark.accuracy(metric)[i]);
    const spread = copies.length === 1
      ? "no copy"
      : `${decimals(Math.min(...values))} to ${decimals(Math.max(...values))}`;
    return [
      escaped(metricLabel(metric)),
      decimals(accuracy_pct[metric]),
      sd === undefined ? "–" : decimals(sd),
      spread,
      decimals(noiseAt(data.noise(metric), accuracy_pct[metric])),
      rankText(rankRange(data, cell_index, metric)),
    ];
  });
  return table(
    "Accuracy, per cent. SD of read-outs: over 25 evaluations of one programming event. Copies: cells of " +
      "the same function, trained and measured separately. SD of copies: of those that are as accurate.",
    ["Metric", "Accuracy", "SD of read-outs", "Copies, from to", "SD of copies", "Rank of 15,625"],
    rows,
  );
}

/** A link to a cell; the page's script makes it a step of the path. */
export function cellLink(cell_index: number): string {
  const digits = cellAt(cell_index).join("");
  return `<a href="#path=${digits}" data-go="${cell_index}">${cellText(cellAt(cell_index))}</a>`;
}

function copiesTable(data: ExplorerData, cell_index: number, metric: string): string {
  const copies = data.copies(cell_index);
  if (copies.length === 1) return "<p>No other cell computes the same function.</p>";
  const accuracy = data.benchmark.accuracy(metric), ranks = data.ranks(metric);
  return table(
    `The ${copies.length} cells of this function, by ${escaped(metricLabel(metric))}`,
    ["Cell", "Accuracy %", "Rank"],
    copies.toSorted((a, b) => accuracy[b] - accuracy[a] || a - b).map((i) => [
      i === cell_index ? `${cellText(cellAt(i))} (this one)` : cellLink(i),
      decimals(accuracy[i]),
      whole(ranks[i]),
    ]),
  );
}

/** The whole section of a cell. */
export function cellSection(data: ExplorerData, cell_index: number, metric: string): string {
  const cell = cellAt(cell_index), report = queryCell(data.benchmark, cell_index);
  return `<h2 id="cell-name" tabindex="-1">Cell ${cellText(cell)}</h2>` +
    `<p class="names">cell_index ${cell_index}; NAS-Bench-201's own index ` +
    `${report.nas_bench_201_index}; <code>${escaped(archStr(cell))}</code></p>` +
    warnings(data, cell_index) +
    `<div class="two"><figure>${
      drawing(cell_index)
    }<figcaption>Press an operation to change that ` +
    `edge. ${whole(report.parameters)} parameters, ${whole(report.macs)} MACs, ${report.tiles} ` +
    `tiles of 512 × 512, depth ${report.depth}, width ${report.width}.</figcaption></figure>` +
    `<figure>${driftSvg(data.benchmark, cell_index)}<figcaption>Accuracy (%) against time since ` +
    `programming; band: ± 1 SD over read-outs, which holds neither training nor programming.` +
    `</figcaption></figure></div>` +
    metrics(data, cell_index) + copiesTable(data, cell_index, metric);
}
