/** Two to four cells side by side. Markup as text. */
import { cellAt, cellText } from "../space/mod.ts";
import { queryCell } from "../table/query.ts";
import { axisTitle, metricLabel } from "../figure/grammar/metrics.ts";
import { cellLink } from "./cell.ts";
import { type ExplorerData, withNoise } from "./data.ts";
import { cellSvg } from "./drawing.ts";
import { driftCurves, drifting, publishedDrift } from "./drift.ts";
import { decimals, escaped, table, whole } from "./html.ts";

/** Drawings, curves and all metrics; differences are to the first cell. */
export function compareSection(data: ExplorerData, compared: readonly number[]): string {
  if (compared.length < 2) {
    return `<p>${
      compared.length === 0 ? "No cell" : `One cell, ${cellLink(compared[0])},`
    } chosen so far. Add cells with “Compare this cell”; two to four stand side by side.</p>`;
  }
  const reports = compared.map((i) => queryCell(data.benchmark, i)), [first] = reports;
  const figures = compared.map((i) =>
    `<figure><figcaption>${cellLink(i)} <button type="button" data-drop="${i}">Remove ` +
    `${cellText(cellAt(i))}</button></figcaption><div class="drawing">${cellSvg(cellAt(i))}</div>` +
    `</figure>`
  );
  const plots = drifting(data.benchmark.metrics).map((condition) => {
    const curves = compared.map((i) =>
      publishedDrift(data.benchmark, i, condition, cellText(cellAt(i)))
    );
    const title = `${metricLabel(condition)}: accuracy (%) against time since programming`;
    return `<figure>${driftCurves(curves, title)}<figcaption>${
      escaped(title)
    }; band: ± 1 SD over ` +
      `read-outs</figcaption></figure>`;
  });
  const rows = data.benchmark.metrics.map((metric) => [
    escaped(metricLabel(metric)),
    ...reports.map((report, k) => {
      const own = decimals(report.accuracy_pct[metric]);
      if (k === 0) return own;
      const [a, b] = [first, report].map(({ accuracy_pct }) => accuracy_pct[metric]);
      const { difference_pp, mayBeChance } = withNoise(a, b, data.noise(metric));
      return `${own} (${decimals(difference_pp, true)}${mayBeChance ? ", may be chance" : ""})`;
    }),
  ]);
  const sizes = (["parameters", "macs", "tiles", "depth", "width"] as const).map((name) => [
    name === "macs" ? "MACs" : name,
    ...reports.map((report) => whole(report[name])),
  ]);
  const chip = (["energy_uJ", "latency_us", "area_mm2"] as const).map((name) => [
    escaped(axisTitle(name)),
    ...reports.map((report) => decimals(report[name])),
  ]);
  return `<div class="two">${figures.join("")}${plots.join("")}</div>` + table(
    "Accuracy, per cent; in brackets the difference to the first cell, points. “May be chance”: within " +
      "the 95 % interval that the noise of copies gives",
    ["Quantity", ...reports.map(({ cell }) => cell)],
    [...rows, ...sizes, ...chip],
  );
}
