/**
 * The static site: pages made from the study at build time, that open from disk and ask nobody for anything.
 * What the explorer does in a browser is `explorer`'s.
 */
export { archive } from "./archive.ts";
export { DATA_FILES, dataFiles } from "./data.ts";
export { SITE_FIGURES } from "./index.ts";
export { type NotebookMarkup } from "./notebooks.ts";
export { packOf } from "./pack.ts";
export { measurementsOf } from "./measurements.ts";
export { searchPackOf } from "./searches.ts";
export { sitePages, type SiteParts } from "./site.ts";
