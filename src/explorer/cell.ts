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
import { cellSvg, edgeMiddle } from "./drawing.ts";
import { driftCurves, drifting, publishedDrift } from "./drift.ts";
import { decimals, escaped, table, whole } from "./html.ts";
import { spreadText } from "./measurement.ts";

/** "3 to 41 (5 copies)", or "17 (no copy)". */
function rankText({ best, worst, copies }: RankRange): string {
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
  return `<div class="graph drawing">${cellSvg(cell, false)}${buttons.join("")}</div>`;
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
  const caption = `The ${copies.length} cells of this function, by ${escaped(metricLabel(metric))}`;
  return `<details${copies.length > 8 ? "" : " open"}><summary>${caption}</summary>` + table(
    caption,
    ["Cell", "Accuracy %", "Rank"],
    copies.toSorted((a, b) => accuracy[b] - accuracy[a] || a - b).map((i) => [
      i === cell_index ? `${cellText(cellAt(i))} (this one)` : cellLink(i),
      decimals(accuracy[i]),
      whole(ranks[i]),
    ]),
  ) + "</details>";
}

/** Both conditions on hardware, over the whole scale of accuracy. */
function driftOf({ benchmark }: ExplorerData, cell_index: number): string {
  const curves = drifting(benchmark.metrics).map((condition) =>
    publishedDrift(benchmark, cell_index, condition, metricLabel(condition))
  );
  return driftCurves(curves, "Accuracy after programming", [0, 100]);
}

/** What this workspace measured of the cell, beside the published numbers. */
function measured(data: ExplorerData, cell_index: number): string {
  const own = data.measured(cell_index);
  if (own.length === 0) return "";
  const studies = [...Map.groupBy(own, ({ study, setting }) => `${study}, ${setting}`)];
  const parts = studies.map(([name, rows], k) =>
    `<details${k === 0 ? " open" : ""}><summary>${escaped(name)}</summary>` + table(
      "Accuracy, per cent. The interval is over what is said to vary; published numbers come from larger " +
        "networks, trained longer",
      ["Metric", "Measured here", "95 % interval", "Memory", "Protocol", "Published"],
      rows.map((row) => [
        escaped(metricLabel(row.metric)),
        decimals(row.accuracy_pct),
        escaped(spreadText(row)),
        escaped(row.memory || "digital"),
        row.protocol.replaceAll("_", " "),
        data.benchmark.metrics.includes(row.metric)
          ? decimals(data.benchmark.accuracy(row.metric)[cell_index])
          : "–",
      ]),
    ) + "</details>"
  );
  const network = encodeURIComponent(archStr(cellAt(cell_index)));
  return `<h3>Measured here</h3>${
    parts.join("")
  }<p><a href="networks.html#network=${network}">All ` +
    `measurements of this cell</a></p>`;
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
    `tiles of 512 × 512, depth ${report.depth}, width ${report.width}. On a chip, by a model of published ` +
    `figures: ${decimals(report.energy_uJ)} µJ and ${decimals(report.latency_us)} µs an image, ` +
    `${decimals(report.area_mm2)} mm².</figcaption></figure>` +
    `<figure>${driftOf(data, cell_index)}<figcaption>Accuracy (%) against time since ` +
    `programming; band: ± 1 SD over read-outs, which holds neither training nor programming.` +
    `</figcaption></figure></div>` +
    metrics(data, cell_index) + measured(data, cell_index) + copiesTable(data, cell_index, metric);
}
