/** The files of the site, from the study. */
import type { Study } from "../analyse/mod.ts";
import { explorerScript } from "./bundle.ts";
import { indexBody } from "./index.ts";
import { packOf } from "./pack.ts";
import { page } from "./page.ts";

const beside = (name: string) => Deno.readTextFile(new URL(`../explorer/${name}`, import.meta.url));

/** Name -> text of every page that is made; equal whenever the data and the code are. */
export async function sitePages(study: Study): Promise<Readonly<Record<string, string>>> {
  const [style, body] = await Promise.all([beside("page.css"), beside("page.html")]);
  const data = JSON.stringify(packOf(study)).replaceAll("<", "\\u003c");
  const script = (await explorerScript()).replaceAll("</script", "<\\/script");
  return {
    "explorer.html": page(
      "AnalogNAS explorer",
      style,
      body,
      `<script type="application/json" id="data">${data}</script>\n<script>${script}</script>`,
    ),
    "index.html": page("AnalogNAS Lab: what was found", style, await indexBody(study)),
  };
}
