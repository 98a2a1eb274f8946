/** Notebooks as pages of the site. */
import { page } from "./page.ts";

/** A notebook: its name without ending, and nbconvert's markup of its cells. */
export interface NotebookMarkup {
  readonly name: string;
  readonly markup: string;
}

/** The text of a notebook's first heading; its name where it has none. */
export function notebookTitle({ name, markup }: NotebookMarkup): string {
  const heading = markup.match(/<h1[^>]*>(.*?)<\/h1>/s)?.[1].replace(/<[^>]*>/g, "");
  return heading?.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&") ?? name;
}

/** What may be wider than the page and scrolls, reached by keyboard too: outputs and code. */
const scrollable = (markup: string) =>
  markup.replaceAll(
    /<div class="(output_[^"]*\boutput_subarea\b[^"]*|highlight [^"]*)">/g,
    '<div class="$1" tabindex="0">',
  );

/** A notebook's file -> its page. */
export function notebookPages(
  notebooks: readonly NotebookMarkup[],
  style: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(notebooks.map((notebook) => [
    `notebooks/${notebook.name}.html`,
    page({
      title: notebookTitle(notebook),
      style,
      body: `<main class="notebook">\n${scrollable(notebook.markup)}\n</main>`,
      top: "../",
    }),
  ]));
}
