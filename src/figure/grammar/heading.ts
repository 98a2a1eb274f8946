/** Titles and subtitles, broken into lines by the widths of their words. */
import { textWidth } from "./fonts.ts";
import { CONTENT_WIDTH } from "./theme.ts";

/** Breaks `text` into lines of at most `width` px at `size` px. */
export function wrap(text: string, width: number, size: number, weight = 400): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(longer, size, weight) <= width) {
      lines[lines.length - 1] = longer;
    } else lines.push(word);
  }
  return lines;
}

/** Text in which no number is parted from its per cent sign. */
export const tied = (text: string) => text.replaceAll(" %", "\u00a0%");

/**
 * The title of a figure.
 *
 * @param finding one sentence that states what the figure shows, with its numbers
 * @param reading sentences that the reader needs: population, n, bands, intervals
 */
export function heading(finding: string, ...reading: readonly string[]) {
  return {
    text: wrap(tied(finding), CONTENT_WIDTH, 13, 600),
    subtitle: wrap(tied(reading.join(" ")), CONTENT_WIDTH, 10.5),
  };
}
