/** Vega-Lite -> SVG -> PNG without browser, canvas or system fonts: equal specs give equal bytes. */
import { renderAsync } from "@resvg/resvg-js";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { InputError } from "../../input_error.ts";
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

/** A logger for Vega and Vega-Lite that keeps each error and warning in `complaints`. */
const listener = (complaints: string[]) =>
  vega.logger(vega.Warn, undefined, (_method, _level, message) => {
    complaints.push(message.map((part) => part instanceof Error ? part.message : part).join(" "));
  });

/**
 * SVG text of a spec, in the project's theme. Throws InputError with Vega's own words where it cannot draw
 * all that is asked for: by itself it would leave out what it does not understand.
 */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const complaints: string[] = [], logger = listener(complaints);
  const svg = await draw(spec, logger).catch((error: Error) => complaints.push(error.message));
  if (complaints.length === 0) return String(svg);
  throw new InputError(
    `Vega cannot draw this chart as it stands: ${complaints.join("; ")}. Check the spec, that ` +
      `each field it names is in the data, and that numbers are plain numbers (a BigInt b becomes one by Number(b)).`,
  );
}

/** What Vega makes of a spec; what goes wrong on the way is told to `logger` or thrown. */
async function draw(spec: TopLevelSpec, logger: vega.LoggerInterface): Promise<string> {
  const parsed = vega.parse(compile(themed(spec), { logger }).spec);
  const view = new vega.View(parsed, { renderer: "none", logger });
  try {
    await view.runAsync();
    vega.resetSVGDefIds();
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** Width of a spec drawn in the project's theme, px; a part of a figure may lack what it shares with others. */
export async function drawnWidth(spec: TopLevelSpec): Promise<number> {
  const svg = await draw(spec, listener([]));
  return Number(svg.match(/<svg[^>]* width="([\d.]+)"/)![1]);
}

/** Pixels per CSS px for print at 300 dpi. */
const PRINT_ZOOM = 300 / 96;

/**
 * PNG bytes of an SVG, drawn on another thread.
 *
 * @param zoom pixels per CSS px; 300 dpi where nothing is said
 */
export async function renderPng(svg: string, zoom = PRINT_ZOOM): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    fitTo: { mode: "zoom", value: zoom },
    background: "white",
    font: {
      fontFiles: [...FONT_FILES],
      loadSystemFonts: false,
      defaultFontFamily: "Source Sans 3",
    },
  });
  return Uint8Array.from(image.asPng());
}
