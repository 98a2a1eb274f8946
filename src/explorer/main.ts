/** The page's own program: reads the data in the page, draws the place that its address names. */
import { cellAt, cellIndex, cellText, parseCell } from "../space/mod.ts";
import { metricLabel } from "../figure/grammar/metrics.ts";
import { addressOf, MOST_COMPARED, parseAddress, type Place } from "./address.ts";
import { cellSection, turned } from "./cell.ts";
import { columnsOf } from "./columns.ts";
import { compareSection } from "./compare.ts";
import { openPack } from "./data.ts";
import { byId } from "./element.ts";
import { escaped } from "./html.ts";
import type { Pack } from "./pack.ts";
import { seeAll } from "./see.ts";
import { pathSection, walkSection } from "./walk.ts";

const show = (id: string, markup: string) => byId(id).innerHTML = markup;

function start(): void {
  const data = openPack(JSON.parse(byId("data").textContent!) as Pack);
  const metrics = data.benchmark.metrics;
  const metric = metrics.includes("hwt@1d") ? "hwt@1d" : metrics[0];
  const columns = columnsOf(data);
  const names = { metrics, columns: columns.map(({ name }) => name) };
  const home: Place = {
    path: [data.ranks(metric).indexOf(1)],
    metric,
    compared: [],
    brush: [],
    bounds: [],
    onePerFunction: false,
  };
  const say = (text: string, fault = false) => {
    byId("fault").textContent = fault ? text : "";
    byId("said").textContent = fault ? "" : text;
  };
  const place = (): Place => {
    try {
      return parseAddress(location.hash, home, names);
    } catch (error) {
      say(`This address names no place: ${(error as Error).message} Shown is the best cell.`, true);
      return home;
    }
  };
  const go = (next: Partial<Place>, quietly = false) => {
    say("");
    const address = `#${addressOf({ ...place(), ...next })}`;
    if (quietly) location.replace(address);
    else location.hash = address;
  };
  const step = (cell_index: number) => {
    const { path } = place();
    if (cell_index !== path.at(-1)) go({ path: [...path, cell_index] });
  };
  const see = seeAll(data, columns, go);
  let drawn: Place | null = null;
  const draw = () => {
    const now = place(), { path, metric, compared } = now, own = path.at(-1)!;
    const isNew = (...parts: (keyof Place)[]) =>
      drawn === null ||
      parts.some((part) => JSON.stringify(now[part]) !== JSON.stringify(drawn![part]));
    const held = document.activeElement as HTMLElement | null, edge = held?.dataset.edge;
    byId<HTMLSelectElement>("metric").value = metric;
    if (isNew("metric", "brush", "bounds", "onePerFunction")) see(now);
    if (isNew("compared")) show("compare", compareSection(data, compared));
    if (isNew("path", "metric")) {
      show("path", pathSection(path));
      show("cell", cellSection(data, own, metric));
      show("walk", walkSection(data, own, metric));
      document.title = `Cell ${cellText(cellAt(own))} · AnalogNAS explorer`;
      const accuracy = data.benchmark.accuracy(metric)[own].toFixed(2);
      if (byId("fault").textContent === "") {
        say(`Cell ${cellText(cellAt(own))}: ${metricLabel(metric)} ${accuracy} %.`);
      }
    }
    // the button that was pressed is drawn again: who uses the keyboard stays on it
    if (edge !== undefined) document.querySelector<HTMLElement>(`[data-edge="${edge}"]`)?.focus();
    drawn = now;
  };

  show(
    "metric",
    metrics.map((m) => `<option value="${m}">${escaped(metricLabel(m))}</option>`).join(""),
  );
  byId("metric").addEventListener("change", (event) => {
    go({ metric: (event.target as HTMLSelectElement).value });
  });
  byId("look-up").addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      step(cellIndex(parseCell(byId<HTMLInputElement>("name").value)));
    } catch (error) {
      say((error as Error).message, true);
    }
  });
  byId("add").addEventListener("click", () => {
    const { path, compared } = place(), own = path.at(-1)!;
    if (compared.includes(own)) say("This cell is among those compared.", true);
    else if (compared.length === MOST_COMPARED) {
      say(`${MOST_COMPARED} cells are compared already; remove one first.`, true);
    } else go({ compared: [...compared, own] });
  });
  document.addEventListener("click", (event) => {
    const at = (event.target as Element).closest<HTMLElement>(
      "[data-edge],[data-go],[data-step],[data-drop]",
    );
    if (at === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { path, compared } = place(), { edge, go: to, step: back, drop } = at.dataset;
    if (edge !== undefined) {
      step(cellIndex(turned(path.at(-1)!, Number(edge)) as ReturnType<typeof cellAt>));
    } else if (to !== undefined) step(Number(to));
    else if (back !== undefined) go({ path: path.slice(0, Number(back) + 1) });
    else if (drop !== undefined) go({ compared: compared.filter((i) => i !== Number(drop)) });
  });
  addEventListener("hashchange", () => {
    say("");
    draw();
  });
  draw();
}

start();
