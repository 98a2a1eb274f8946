/**
 * The static site: pages made from the study at build time, that open from disk and ask nobody for anything.
 * What the explorer does in a browser is `explorer`'s.
 */
export { explorerScript } from "./bundle.ts";
export { SITE_FIGURES } from "./index.ts";
export { packOf } from "./pack.ts";
export { sitePages } from "./site.ts";
