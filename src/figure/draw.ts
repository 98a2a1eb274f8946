/** A figure by id, rendered to its three files. */
import { closest } from "fastest-levenshtein";
import type { TopLevelSpec } from "vega-lite";
import { InputError } from "../input_error.ts";
import { type Displayable, images } from "./notebook/chart.ts";
import type { Study } from "../analyse/mod.ts";
import { columnSpec } from "./grammar/column.ts";
import type { Drawn } from "./grammar/figure.ts";
import { type FigureId, FIGURES } from "./plots/figures.ts";
import { themed } from "./grammar/theme.ts";
import { renderPng, renderSvg } from "./grammar/render.ts";

/** Ids of all figures, in the order of the study. */
export const FIGURE_IDS = Object.keys(FIGURES) as FigureId[];

/** The id that `text` names. Throws InputError naming the nearest one. */
export function parseFigureId(text: string): FigureId {
  const id = FIGURE_IDS.find((known) => known === text);
  if (id !== undefined) return id;
  throw new InputError(
    `No figure is called "${text}". Did you mean "${closest(String(text), FIGURE_IDS)}"? ` +
      `There are: ${FIGURE_IDS.join(", ")}.`,
  );
}

/** Contents of a figure's files, by extension; `json` holds the numbers drawn. */
interface FigureFiles {
  readonly svg: string;
  readonly json: string;
  /** Draws the picture, on another thread. */
  png(): Promise<Uint8Array>;
}

/** The figure of a study that `id` names, computed. */
const computed = (id: FigureId, study: Study): Drawn => FIGURES[parseFigureId(id)](study);

/** Draws one figure. Equal studies give equal bytes. */
export async function drawFigure(id: FigureId, study: Study): Promise<FigureFiles> {
  const { spec, numbers, ...words } = computed(id, study), svg = await renderSvg(spec);
  const code = `src/figure/plots/${id}.ts`;
  const json = JSON.stringify({ id, ...words, code, ...numbers }, null, 1) + "\n";
  return { svg, json, png: () => renderPng(svg) };
}

/**
 * The figure for one column of 85 mm, its numbers being those of the whole figure; null for one that holds a
 * drawing without a narrower form.
 */
export async function drawColumnFigure(
  id: FigureId,
  study: Study,
): Promise<Omit<FigureFiles, "json"> | null> {
  const spec = await columnSpec(computed(id, study).spec);
  if (spec === null) return null;
  const svg = await renderSvg(spec);
  return { svg, png: () => renderPng(svg) };
}

/**
 * A figure of the study as a notebook output: the printed picture, in its own typeface on every
 * machine, and in words what it shows. With `live` also the drawing itself, for a notebook that can run it: a
 * pointer on a mark shows all that is known of it, names at full length. Throws InputError for an id that no figure has.
 */
export function showFigure(
  id: FigureId,
  study: Study,
  { live = false }: { readonly live?: boolean } = {},
): Displayable {
  parseFigureId(id);
  return {
    [Symbol.for("Jupyter.display")]: async () => {
      const { spec, title, alt } = computed(id, study);
      const { "image/png": png } = await images(spec);
      return {
        ...(live && { "application/vnd.vegalite.v5+json": rounded(withTooltips(themed(spec))) }),
        "image/png": png,
        "text/plain": `${title}. ${alt}`,
      };
    },
  };
}

/** A spec whose marks say on hovering all that their data hold. */
const withTooltips = (spec: TopLevelSpec): TopLevelSpec => ({
  ...spec,
  config: {
    ...spec.config,
    mark: { ...spec.config?.mark, tooltip: { content: "data" } },
  },
});

/** Significant digits of a number in a tooltip. */
const TOOLTIP_DIGITS = 6;

/** A spec without the digits that no picture shows: a tooltip says 88.352, not 88.35200000000003. */
const rounded = (spec: TopLevelSpec): TopLevelSpec =>
  JSON.parse(
    JSON.stringify(spec),
    (_, value) =>
      typeof value === "number" && !Number.isInteger(value)
        ? Number(value.toPrecision(TOOLTIP_DIGITS))
        : value,
  );
