/** Charts as notebook outputs. */
import { shown } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import type { TopLevelSpec } from "vega-lite";
import { renderPng, renderSvg } from "../grammar/render.ts";
import { themed } from "../grammar/theme.ts";

/** Device pixels per CSS px of the PNG in a notebook: sharp on a dense display, small in the file. */
const NOTEBOOK_ZOOM = 2;

/** A value that a Jupyter kernel shows by its MIME bundle. */
export type Displayable = {
  readonly [key: symbol]: () => Promise<Readonly<Record<string, unknown>>>;
};

const display = Symbol.for("Jupyter.display");

/** SVG and PNG of a spec as a MIME bundle; `image/png` is base64. */
export async function images(spec: TopLevelSpec) {
  const svg = await renderSvg(spec);
  return {
    "image/svg+xml": svg,
    "image/png": (await renderPng(svg, NOTEBOOK_ZOOM)).toBase64(),
  };
}

/**
 * A Vega-Lite spec as a notebook output, in the project's theme: live in JupyterLab, an image where no
 * Vega runs.
 */
export function chart(spec: TopLevelSpec): Displayable {
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw new InputError(
      `A chart is drawn from a Vega-Lite specification, not from ${shown(spec)}.`,
    );
  }
  return {
    [display]: async () => ({
      "application/vnd.vegalite.v5+json": themed(spec),
      ...await images(spec),
      "text/plain": "Vega-Lite chart",
    }),
  };
}

/**
 * A drawing as a notebook output, image only.
 *
 * @param text what the drawing says, for terminals and screen readers
 */
export function drawing(spec: TopLevelSpec, text: string): Displayable {
  return { [display]: async () => ({ ...await images(spec), "text/plain": text }) };
}

/**
 * Shows `output` in place of what the running notebook cell has shown so far: for work that goes on.
 * Does nothing outside a notebook.
 */
export async function showInstead(output: Displayable): Promise<void> {
  const jupyter = kernel();
  if (jupyter === null) return;
  await jupyter.broadcast("clear_output", { wait: true });
  await jupyter.display(output);
}

/**
 * Shows several outputs below each other in one cell: `await show.each(show.figure("pareto", study),
 * show.cell(7611))`. Does nothing outside a notebook.
 */
export async function showAll(...outputs: readonly Displayable[]): Promise<void> {
  const jupyter = kernel();
  for (const [k, output] of outputs.entries()) {
    if (typeof output?.[display] !== "function") {
      throw new InputError(
        "show.each shows what show.figure, show.table and their like give; " +
          `${k + 1} is ${shown(output)}.`,
      );
    }
    await jupyter?.display(output);
  }
}

/** The kernel's API; null in a plain program, in which reading it throws. */
function kernel(): Jupyter | null {
  try {
    return (Deno as unknown as { jupyter?: Jupyter }).jupyter ?? null;
  } catch {
    return null;
  }
}

/** The part of the kernel's API that is used here. */
interface Jupyter {
  broadcast(message: string, content: Readonly<Record<string, unknown>>): Promise<void>;
  display(output: Displayable): Promise<void>;
}
