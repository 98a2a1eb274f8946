/** The pages of the site, from the study. */
import type { Study } from "../analyse/mod.ts";
import { explorerScript } from "./bundle.ts";
import { indexBody } from "./index.ts";
import { type NotebookMarkup, notebookPages } from "./notebooks.ts";
import { packOf } from "./pack.ts";
import { page } from "./page.ts";

const beside = (name: string) => Deno.readTextFile(new URL(name, import.meta.url));

/** Name -> text of every page that is made; equal whenever the data, the notebooks and the code are. */
export async function sitePages(
  study: Study,
  notebooks: readonly NotebookMarkup[] = [],
): Promise<Readonly<Record<string, string>>> {
  const [style, ofNotebooks, body] = await Promise.all(
    ["../explorer/page.css", "notebook.css", "../explorer/page.html"].map(beside),
  );
  const data = JSON.stringify(packOf(study)).replaceAll("<", "\\u003c");
  const script = (await explorerScript()).replaceAll("</script", "<\\/script");
  return {
    "explorer.html": page({
      title: "AnalogNAS explorer",
      file: "explorer.html",
      style,
      body,
      scripts:
        `<script type="application/json" id="data">${data}</script>\n<script>${script}</script>`,
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
