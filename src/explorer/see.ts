/** The part of the page that shows all cells: linked scatters, bounds, colours, the list and its downloads. */
import type { Place } from "./address.ts";
import { groupsOf, isForColour, legend, rgba } from "./colouring.ts";
import type { Column } from "./columns.ts";
import type { ExplorerData } from "./data.ts";
import { byId } from "./element.ts";
import { decimals, escaped, whole } from "./html.ts";
import { listSection, sorted, type Sorting } from "./list.ts";
import { parquetOf } from "./parquet.ts";
import type { Range } from "./range.ts";
import type { Inks } from "./scatter.ts";
import { scatterView } from "./scatter_view.ts";
import { csvOf, select } from "./selection.ts";

/** Lines of the list at first, and how many more at a time; the download has all. */
const LISTED = 50;
/** Axes at first, [x, y] of each scatter. */
const AXES = [
  ["baseline", "hwt@1d"],
  ["parameters", "drift_drop.hwt"],
  ["noisy", "hwt"],
] as const;
/** Grey, and orange: told from each other by size too. */
const REST = rgba("#8c8c8c"), CHOSEN = rgba("#e67000");

/** The chosen cells, as a place says. */
type Choice = Pick<Place, "metric" | "brush" | "bounds" | "onePerFunction">;

const bound = (value: number) => Number.isInteger(value) ? String(value) : decimals(value);

/** A range in words. */
function rangeText({ label, kinds }: Column, { low, high }: Range): string {
  if (kinds !== undefined && low === high) return `${label} ${kinds[low]}`;
  if (low === -Infinity) return `${label} at most ${bound(high)}`;
  return high === Infinity
    ? `${label} at least ${bound(low)}`
    : `${label} ${bound(low)} to ${bound(high)}`;
}

function save(name: string, parts: BlobPart, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([parts], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * Wires the part; the returned function draws what a place says.
 *
 * @param go moves the page to a place; `quietly` leaves no step to go back to
 */
export function seeAll(
  data: ExplorerData,
  columns: readonly Column[],
  go: (next: Partial<Place>, quietly: boolean) => void,
): (place: Choice) => void {
  const named = (name: string) => columns.find((column) => column.name === name)!;
  const inputs = [...document.querySelectorAll<HTMLInputElement>("#bounds input[data-column]")];
  const distinct = byId<HTMLInputElement>("distinct"), colour = byId<HTMLSelectElement>("colour");
  let choice: Choice = { metric: "", brush: [], bounds: [], onePerFunction: false };
  let cells: readonly number[] = [], shown = LISTED, sorting: Sorting | null = null;
  let inks: Inks = { rest: REST, chosen: CHOSEN, own: null };

  colour.innerHTML = `<option value="">nothing</option>` +
    columns.filter(isForColour).map(({ name, label }) =>
      `<option value="${name}">${escaped(label)}</option>`
    ).join("");

  const paint = () => scatters.forEach((scatter) => scatter.draw(cells, inks, choice.brush));
  const choose = (next: Choice) => {
    choice = next;
    const ranges = [...next.bounds, ...next.brush]
      .map(({ column, low, high }) => ({ column: named(column), low, high }));
    cells = select(data, next.metric, ranges, next.onePerFunction);
    paint();
  };
  const brushing = (brush: readonly Range[], done: boolean) => {
    choose({ ...choice, brush });
    if (done) go({ brush }, false);
  };
  const numeric = columns.filter(({ kinds }) => kinds === undefined);
  const scatters = AXES.map((axes, k) => scatterView(k, axes, numeric, brushing, () => paint()));

  const list = () => {
    const count = whole(cells.length);
    const said = [...choice.bounds, ...choice.brush].map((r) => rangeText(named(r.column), r));
    const by = said.length === 0 ? "" : ` by ${said.join("; ")}`;
    byId("count").textContent = cells.length === 0
      ? `No cell meets all bounds${by}. Loosen one, or remove the brush.`
      : `${count} of 15,625 cells chosen${by}${
        choice.onePerFunction ? ", the best of each function" : ""
      }. The list shows ${Math.min(shown, cells.length)}.`;
    const listed = [
      ...new Set([choice.metric, "baseline", "hwt", "hwt@30d", "parameters", "tiles", "energy_uJ"]),
    ].map(named).filter((column) => column !== undefined);
    const order = sorting ?? { column: named(choice.metric), descending: true };
    byId("list").innerHTML = cells.length === 0
      ? ""
      : listSection(sorted(cells, order), listed, order, shown);
    byId("more").hidden = cells.length <= shown;
    byId("legend").innerHTML = colour.value === ""
      ? ""
      : legend(named(colour.value), cells, named(choice.metric));
  };
  const setBounds = () => {
    const bounds = inputs.filter(({ value }) => value !== "").map(({ value, dataset }) => {
      const column = dataset.column!, end = Number(value);
      return dataset.end === "high"
        ? { column, low: -Infinity, high: end }
        : { column, low: end, high: Infinity };
    });
    choose({ ...choice, bounds, onePerFunction: distinct.checked });
    list();
    go({ bounds, onePerFunction: distinct.checked }, true);
  };

  byId("bounds").addEventListener("input", setBounds);
  byId("bounds").addEventListener("submit", (event) => event.preventDefault());
  byId("unbrush").addEventListener("click", () => go({ brush: [] }, false));
  byId("more").addEventListener("click", () => {
    shown += LISTED;
    list();
  });
  colour.addEventListener("change", () => {
    const column = colour.value === "" ? null : named(colour.value);
    const colours = new Map(
      column === null ? [] : groupsOf(column).map((group) => [group.value, rgba(group.colour)]),
    );
    const own = column && Uint32Array.from(column.values, (value) => colours.get(value)!);
    inks = { ...inks, own };
    paint();
    list();
  });
  byId("legend").addEventListener("click", (event) => {
    const only = (event.target as HTMLElement).dataset.only;
    if (only === undefined) return;
    go({ brush: [{ column: colour.value, low: Number(only), high: Number(only) }] }, false);
  });
  byId("list").addEventListener("click", (event) => {
    const name = (event.target as HTMLElement).dataset.sort;
    if (name === undefined) return;
    const old = sorting ?? { column: named(choice.metric), descending: true };
    sorting = { column: named(name), descending: old.column.name !== name || !old.descending };
    list();
    document.querySelector<HTMLElement>(`[data-sort="${name}"]`)!.focus();
  });
  byId("csv").addEventListener("click", () => save("cells.csv", csvOf(cells, columns), "text/csv"));
  byId("parquet").addEventListener("click", () => {
    const bytes = parquetOf(cells, columns) as Uint8Array<ArrayBuffer>;
    save("cells.parquet", bytes, "application/vnd.apache.parquet");
  });

  return (place) => {
    for (const input of inputs) {
      const { column, end } = input.dataset;
      const range = place.bounds.find((r) =>
        r.column === column && (end === "high") === (r.low === -Infinity)
      );
      const value = range === undefined ? "" : String(end === "high" ? range.high : range.low);
      if (input !== document.activeElement) input.value = value;
    }
    distinct.checked = place.onePerFunction;
    if (place.metric !== choice.metric) sorting = null;
    choose(place);
    list();
  };
}
