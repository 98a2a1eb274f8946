/** One scatter on its canvas: axes to choose, a brush to draw. */
import type { Column } from "./columns.ts";
import { byId } from "./element.ts";
import { decimals, escaped, whole } from "./html.ts";
import type { Range } from "./range.ts";
import {
  fromPx,
  type Inks,
  paint,
  pixelsOf,
  type Scale,
  scaleOf,
  SIDE_PX,
  toPx,
} from "./scatter.ts";

/** A scatter on the page. */
export interface ScatterView {
  /** Paints the cells, the chosen ones over the rest, and the rectangle of a brush on its two axes. */
  draw(chosen: readonly number[], inks: Inks, brush: readonly Range[]): void;
}

/** What happens while a rectangle is drawn: its ranges, and whether it is done. */
export type OnBrush = (brush: readonly Range[], done: boolean) => void;

/** An end of an axis: counts as they are, other numbers with two decimals. */
const endText = (value: number) => Number.isInteger(value) ? whole(value) : decimals(value);

/** A brush's end with so many digits that it is the same when read from the address. */
const short = (value: number) => Number(value.toPrecision(6));

/** Wires scatter `k` of the page; `redraw` is called after another axis was chosen. */
export function scatterView(
  k: number,
  axes: readonly [string, string],
  columns: readonly Column[],
  onBrush: OnBrush,
  redraw: () => void,
): ScatterView {
  const named = (name: string) => columns.find((column) => column.name === name)!;
  const canvas = byId<HTMLCanvasElement>(`scatter-${k}`);
  canvas.width = canvas.height = SIDE_PX;
  const pens = canvas.getContext("2d")!, image = pens.createImageData(SIDE_PX, SIDE_PX);
  const points = new Uint32Array(image.data.buffer);
  const choices = ["x", "y"].map((axis, a) => {
    const choice = byId<HTMLSelectElement>(`axis-${k}${axis}`);
    choice.innerHTML = columns.map(({ name, label }) =>
      `<option value="${name}">${escaped(label)}</option>`
    ).join("");
    choice.value = axes[a];
    return choice;
  });
  let shown: readonly Column[], scales: readonly Scale[], pixels: Int32Array;
  const choose = () => {
    shown = choices.map(({ value }) => named(value));
    scales = shown.map(scaleOf);
    pixels = pixelsOf(shown[0], shown[1]);
    const ends = shown.map(({ label }, a) =>
      `${label} ${endText(scales[a].low)} to ${endText(scales[a].high)}`
    );
    byId(`ends-${k}`).textContent = `Across: ${ends[0]}. Up: ${ends[1]}.`;
    canvas.setAttribute(
      "aria-label",
      `Scatter of all cells. Across: ${ends[0]}. Up: ${
        ends[1]
      }. The list below holds the chosen cells.`,
    );
  };
  choices.forEach((choice) =>
    choice.addEventListener("change", () => {
      choose();
      redraw();
    })
  );
  choose();

  let from: readonly [number, number] | null = null;
  const at = (event: PointerEvent): [number, number] => {
    const scale = SIDE_PX / canvas.clientWidth;
    return [event.offsetX * scale, SIDE_PX - event.offsetY * scale];
  };
  const brushed = (event: PointerEvent): readonly Range[] => {
    const to = at(event);
    return shown.map(({ name }, a) => {
      const ends = [from![a], to[a]].map((px) => short(fromPx(scales[a], px)));
      return { column: name, low: Math.min(...ends), high: Math.max(...ends) };
    });
  };
  canvas.addEventListener("pointerdown", (event) => {
    from = at(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (from !== null) onBrush(brushed(event), false);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const brush = brushed(event), [x, y] = at(event);
    const isDrawn = Math.abs(x - from[0]) > 2 && Math.abs(y - from[1]) > 2;
    from = null;
    onBrush(isDrawn ? brush : [], true); // a mere press takes the brush away
  });

  return {
    draw(chosen, inks, brush) {
      paint(points, pixels, chosen, inks);
      pens.putImageData(image, 0, 0);
      const sides = shown.map(({ name }) => brush.find(({ column }) => column === name));
      if (brush.length !== 2 || sides[0] === undefined || sides[1] === undefined) return;
      const [left, right, low, high] = sides.flatMap((side, a) =>
        [side!.low, side!.high].map((value) => toPx(scales[a], value))
      );
      pens.setLineDash([4, 3]);
      pens.strokeRect(left, SIDE_PX - high, right - left, high - low);
    },
  };
}
