/** A whole HTML file: nothing in it asks for anything outside it. */
import { escaped } from "../explorer/mod.ts";

/** Pages that every page leads to: file, and what its link says. */
const MAIN_PAGES = [
  ["index.html", "What was found"],
  ["explorer.html", "Explorer"],
  ["networks.html", "Measured networks"],
  ["searches.html", "Searches"],
  ["index.html#notebooks", "Notebooks"],
  ["index.html#data", "Data"],
  ["paper.pdf", "Paper (PDF)"],
] as const;

/** A page, and where it stands. */
export interface PageParts {
  readonly title: string;
  /** Style sheet. */
  readonly style: string;
  /** Markup. */
  readonly body: string;
  /** Markup of scripts at its end. */
  readonly scripts?: string;
  /** Path from the page's folder to the site's: "" or "../". */
  readonly top?: "" | "../";
  /** File of the page where it is one of those that all lead to. */
  readonly file?: string;
}

/** The page as text, with its style inside and links to the others above its body. */
export function page({ title, style, body, scripts = "", top = "", file }: PageParts): string {
  const links = MAIN_PAGES.map(([to, text]) =>
    `<a href="${top}${to}"${to === file ? ' aria-current="page"' : ""}>${text}</a>`
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header><nav class="pages" aria-label="Pages">${links.join(" ")}</nav></header>
${body}
${scripts}
</body>
</html>
`;
}
