/** The pages of the site, from the study. */
import type { Study } from "../analyse/mod.ts";
import { packMeasurements } from "../explorer/mod.ts";
import type { MeasuredStudy } from "../table/mod.ts";
import { pageScripts } from "./bundle.ts";
import { indexBody } from "./index.ts";
import { measurementsOf } from "./measurements.ts";
import { type NotebookMarkup, notebookPages } from "./notebooks.ts";
import { packOf } from "./pack.ts";
import { page } from "./page.ts";
import { searchPackOf } from "./searches.ts";

/** What the pages are made from. */
export interface SiteParts {
  readonly study: Study;
  /** Own measurements of all studies. */
  readonly measured: readonly MeasuredStudy[];
  readonly notebooks: readonly NotebookMarkup[];
}

const beside = (name: string) => Deno.readTextFile(new URL(name, import.meta.url));

/** Markup of a page's data and program. */
function scripts(data: unknown, program: string): string {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `<script type="application/json" id="data">${json}</script>\n` +
    `<script>${program.replaceAll("</script", "<\\/script")}</script>`;
}

/** Name -> text of every page that is made; equal whenever the data, the notebooks and the code are. */
export async function sitePages(
  { study, measured, notebooks }: SiteParts,
): Promise<Readonly<Record<string, string>>> {
  const [style, ofNotebooks, explorer, networks, searches] = await Promise.all(
    [
      "../explorer/page.css",
      "notebook.css",
      "../explorer/page.html",
      "../explorer/networks.html",
      "../explorer/searches.html",
    ].map(beside),
  );
  const programs = await pageScripts(), measurements = measurementsOf(measured);
  return {
    "explorer.html": page({
      title: "AnalogNAS explorer",
      file: "explorer.html",
      style,
      body: explorer,
      scripts: scripts(packOf(study, measurements), programs.explorer),
    }),
    "networks.html": page({
      title: "Measured networks · AnalogNAS explorer",
      file: "networks.html",
      style,
      body: networks,
      scripts: scripts(packMeasurements(measurements), programs.networks),
    }),
    "searches.html": page({
      title: "Searches · AnalogNAS explorer",
      file: "searches.html",
      style,
      body: searches,
      scripts: scripts(searchPackOf(study), programs.searches),
    }),
    "index.html": page({
      title: "AnalogNAS Lab: what was found",
      file: "index.html",
      style,
      body: await indexBody(study, notebooks),
    }),
    ...notebookPages(notebooks, style + ofNotebooks),
  };
}
