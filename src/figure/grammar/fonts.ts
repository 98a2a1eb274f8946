/**
 * The one typeface of all figures, from an npm package under the SIL Open Font Licence, so that a
 * machine without fonts draws the same: resvg gets the files, Vega their advance widths.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create } from "fontkitten";

/** Family name in specs; browsers that lack it fall back to a face of similar width. */
export const FONT_FAMILY = "'Source Sans 3', 'Source Sans Pro', Helvetica, Arial, sans-serif";

const resolve = (style: string) =>
  createRequire(import.meta.url).resolve(
    `@expo-google-fonts/source-sans-3/${style}/SourceSans3_${style}.ttf`,
  );

/** Paths of the font files: regular and semi-bold upright, regular italic. */
export const FONT_FILES: readonly string[] = [
  "400Regular",
  "600SemiBold",
  "400Regular_Italic",
].map(resolve);

const [regular, semiBold] = FONT_FILES.slice(0, 2).map(advances);

/** Advance width of each character of a font, in em. Kerning is left out: it narrows by under 1 %. */
function advances(file: string): (character: string) => number {
  const font = create(readFileSync(file));
  if (font.isCollection) throw new Error(`${file} is a collection, not one font.`);
  const known = new Map<string, number>();
  return (character) => {
    const width = known.get(character) ??
      font.glyphForCodePoint(character.codePointAt(0)!).advanceWidth / font.unitsPerEm;
    known.set(character, width);
    return width;
  };
}

/**
 * Width of `text` in px.
 *
 * @param size font size in px
 * @param weight CSS weight, a number or "bold"; 600 and above is measured in the semi-bold face
 */
export function textWidth(text: string, size: number, weight: unknown = 400): number {
  const bold = weight === "bold" || Number(weight) >= 600;
  const em = [...text].reduce((sum, c) => sum + (bold ? semiBold : regular)(c), 0);
  return em * size;
}
