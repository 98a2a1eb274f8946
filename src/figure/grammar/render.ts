/** Vega-Lite -> SVG -> PNG without browser, canvas or system fonts: equal specs give equal bytes. */
import { Resvg } from "@resvg/resvg-js";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { FONT_FILES, textWidth } from "./fonts.ts";
import { themed } from "./theme.ts";

/** What Vega's scene graph asks about a text mark; absent from Vega's published types. */
interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
}

// Without a canvas Vega guesses 0.8 em a character. The scene graph takes a measuring function in its
// place; this is the library's own switch, set once, before anything is drawn.
(vega as unknown as { textMetrics: { width: (item: TextItem, text: unknown) => number } })
  .textMetrics.width = (item, text) =>
    textWidth(String(text ?? ""), item.fontSize ?? 11, item.fontWeight);

/** SVG text of a spec, in the project's theme. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const parsed = vega.parse(compile(themed(spec)).spec);
  const view = new vega.View(parsed, { renderer: "none" });
  try {
    await view.runAsync();
    vega.resetSVGDefIds();
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** Pixels per CSS px for print at 300 dpi. */
export const PRINT_ZOOM = 300 / 96;

/**
 * PNG bytes of an SVG.
 *
 * @param zoom pixels per CSS px; 300 dpi where nothing is said
 */
export function renderPng(svg: string, zoom = PRINT_ZOOM): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: zoom },
    background: "white",
    font: {
      fontFiles: [...FONT_FILES],
      loadSystemFonts: false,
      defaultFontFamily: "Source Sans 3",
    },
  });
  return Uint8Array.from(image.render().asPng());
}
