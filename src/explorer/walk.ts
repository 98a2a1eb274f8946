/** The 24 neighbours of a cell as a table of changes, and the path walked. Markup as text. */
import { cellAt, cellText, type OperationName } from "../space/mod.ts";
import { neighbourhood } from "../table/query.ts";
import { EDGE_LABELS, metricLabel, OPERATION } from "../figure/grammar/metrics.ts";
import { cellLink } from "./cell.ts";
import { type ExplorerData, type NoisyDifference, withNoise } from "./data.ts";
import { decimals, escaped, table } from "./html.ts";

/** "−9.31 to +1.20", and that it may be chance where it may. */
export function intervalText({ low_pp, high_pp, mayBeChance }: NoisyDifference): string {
  const verdict = mayBeChance ? "may be chance" : "more than chance";
  return `${decimals(low_pp, true)} to ${decimals(high_pp, true)}: ${verdict}`;
}

const label = (name: string) => OPERATION[name as OperationName].label;

/** Neighbours, the best by `metric` first. */
export function walkSection(data: ExplorerData, cell_index: number, metric: string): string {
  const own = data.benchmark.accuracy(metric)[cell_index];
  const rows = neighbourhood(data.benchmark, cell_index, metric).map((near) => {
    const isCopy = data.copies(cell_index).includes(near.report.cell_index);
    return [
      cellLink(near.report.cell_index),
      `${EDGE_LABELS[near.edge]}: ${label(near.from)} → ${label(near.to)}`,
      decimals(near.report.accuracy_pct[metric]),
      decimals(near.difference_pp, true),
      isCopy
        ? "a copy: chance alone"
        : intervalText(withNoise(own, near.report.accuracy_pct[metric], data.noise(metric))),
    ];
  });
  return table(
    `One edge changed: ${
      escaped(metricLabel(metric))
    }, per cent, and the difference in points with its ` +
      `95 % interval by the noise of copies that are as accurate`,
    ["Neighbour", "Change", "Accuracy", "Difference", "Interval by noise"],
    rows,
  );
}

/** The cells walked, each a link back. */
export function pathSection(path: readonly number[]): string {
  const steps = path.map((index, k) => {
    const text = cellText(cellAt(index));
    return k === path.length - 1
      ? `<li aria-current="step">${text}</li>`
      : `<li><a href="#path=${cellAt(index).join("")}" data-step="${k}">${text}</a></li>`;
  });
  return `<ol class="path">${steps.join("")}</ol>`;
}
