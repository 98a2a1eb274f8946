/** The part of the page that shows all cells: two linked scatters, bounds, the list and its download. */
import { metricLabel } from "../figure/grammar/metrics.ts";
import { cellLink } from "./cell.ts";
import { type Column, columnsOf } from "./columns.ts";
import type { ExplorerData } from "./data.ts";
import { decimals, escaped, table } from "./html.ts";
import { fromPx, paint, pixelsOf, scaleOf, SIDE_PX } from "./scatter.ts";
import { type Bound, csvOf, select } from "./selection.ts";

/** Lines of the list that stand in the page; the download has all. */
const LISTED = 50;
/** Axes at first, [x, y] of each scatter. */
const AXES = [["baseline", "hwt@1d"], ["parameters", "drift_drop.hwt"]] as const;
/** Grey and orange, as little-endian RGBA: told from either background, and from each other by size. */
const COLOURS = { rest: 0xff8c8c8c, chosen: 0xff0070e6 };

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

/** An end of an axis: counts as they are, other numbers with two decimals. */
const endText = (value: number) =>
  Number.isInteger(value) ? value.toLocaleString("en-US") : decimals(value);

/** Wires the part; the returned function draws it anew for a metric. */
export function seeAll(data: ExplorerData): (metric: string) => void {
  const columns = columnsOf(data);
  const named = (name: string) => columns.find((column) => column.name === name)!;
  const options = columns.map(({ name, label }) =>
    `<option value="${name}">${escaped(label)}</option>`
  ).join("");
  let metric = data.benchmark.metrics[0], brush: readonly Bound[] = [];
  let cells: readonly number[] = [];

  const bounds = (): Bound[] =>
    [...document.querySelectorAll<HTMLInputElement>("#bounds input[data-column]")]
      .filter(({ value }) => value !== "")
      .map(({ value, dataset }) => {
        const column = named(dataset.column!), end = Number(value);
        return dataset.end === "high"
          ? { column, low: -Infinity, high: end }
          : { column, low: end, high: Infinity };
      });
  const scatters = AXES.map((axes, k) => {
    const canvas = byId<HTMLCanvasElement>(`scatter-${k}`);
    canvas.width = canvas.height = SIDE_PX;
    const pens = canvas.getContext("2d")!, image = pens.createImageData(SIDE_PX, SIDE_PX);
    const choices = ["x", "y"].map((axis, a) => {
      const choice = byId<HTMLSelectElement>(`axis-${k}${axis}`);
      choice.innerHTML = options;
      choice.value = axes[a];
      return choice;
    });
    const axis = (a: number): Column => named(choices[a].value);
    let pixels = pixelsOf(axis(0), axis(1));
    const draw = () => {
      paint(new Uint32Array(image.data.buffer), pixels, cells, COLOURS);
      pens.putImageData(image, 0, 0);
    };
    const title = () => {
      const ends = [0, 1].map((a) => {
        const { low, high } = scaleOf(axis(a));
        return `${axis(a).label} ${endText(low)} to ${endText(high)}`;
      });
      byId(`ends-${k}`).textContent = `Across: ${ends[0]}. Up: ${ends[1]}.`;
      canvas.setAttribute(
        "aria-label",
        `Scatter of all cells. ${byId(`ends-${k}`).textContent} ` +
          "The list below holds the chosen cells.",
      );
    };
    for (const choice of choices) {
      choice.addEventListener("change", () => {
        pixels = pixelsOf(axis(0), axis(1));
        title();
        draw();
      });
    }
    let from: readonly [number, number] | null = null;
    const at = (event: PointerEvent): [number, number] => {
      const scale = SIDE_PX / canvas.clientWidth;
      return [event.offsetX * scale, SIDE_PX - event.offsetY * scale];
    };
    canvas.addEventListener("pointerdown", (event) => {
      from = at(event);
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (from === null) return;
      const to = at(event);
      brush = [0, 1].map((a) => {
        const ends = [from![a], to[a]].map((px) => fromPx(scaleOf(axis(a)), px));
        return { column: axis(a), low: Math.min(...ends), high: Math.max(...ends) };
      });
      choose();
    });
    canvas.addEventListener("pointerup", () => {
      from = null;
      list();
    });
    title();
    return draw;
  });
  const choose = () => {
    const onePerFunction = byId<HTMLInputElement>("distinct").checked;
    cells = select(data, metric, [...bounds(), ...brush], onePerFunction);
    for (const draw of scatters) draw();
  };
  const list = () => {
    const count = cells.length.toLocaleString("en-US");
    byId("count").textContent = cells.length === 0
      ? "No cell meets all bounds. Loosen one, or remove the brush."
      : `${count} of 15,625 cells chosen; the list shows the first ${
        Math.min(LISTED, cells.length)
      }.`;
    const shown = ["baseline", "hwt", "hwt@30d"].filter((m) =>
      m !== metric && data.benchmark.metrics.includes(m)
    );
    byId("list").innerHTML = cells.length === 0 ? "" : table(
      `Chosen cells, the highest ${escaped(metricLabel(metric))} first, per cent`,
      ["Cell", ...[metric, ...shown].map((m) => escaped(metricLabel(m))), "Parameters", "Tiles"],
      cells.slice(0, LISTED).map((i) => [
        cellLink(i),
        ...[metric, ...shown].map((m) => decimals(data.benchmark.accuracy(m)[i])),
        ...["parameters", "tiles"].map((name) => named(name).values[i].toLocaleString("en-US")),
      ]),
    );
  };
  const update = () => {
    choose();
    list();
  };
  byId("bounds").addEventListener("input", update);
  byId("bounds").addEventListener("submit", (event) => event.preventDefault());
  byId("unbrush").addEventListener("click", () => {
    brush = [];
    update();
  });
  byId("download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csvOf(cells, columns)], { type: "text/csv" }));
    link.download = "cells.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  return (next) => {
    metric = next;
    update();
  };
}
