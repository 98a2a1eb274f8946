/**
 * The static site: pages made from the study at build time, that open from disk and ask nobody for anything.
 * What the explorer does in a browser is `explorer`'s.
 */
export { archive } from "./archive.ts";
export { explorerScript } from "./bundle.ts";
export { csvFiles, DATA_FILES } from "./data.ts";
export { SITE_FIGURES } from "./index.ts";
export { type NotebookMarkup } from "./notebooks.ts";
export { packOf } from "./pack.ts";
export { sitePages } from "./site.ts";
