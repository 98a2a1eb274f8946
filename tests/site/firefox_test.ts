/** The pages in Firefox, opened from disk. Without a Firefox the test is skipped and says so. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openStudy } from "@/analyse/mod.ts";
import { sitePages } from "@/site/mod.ts";
import { readMeasuredStudies } from "@/table/mod.ts";
import { FIREFOX, inFirefox, type Tab } from "./firefox.ts";

/** Waits until `condition`, an expression, is true. */
const until = (tab: Tab, condition: string) =>
  tab.evaluate(`new Promise((resolve, reject) => {
    const end = setTimeout(() => reject(new Error("never: ${
    condition.replaceAll('"', "'")
  }")), 20000);
    const look = () => (${condition}) ? (clearTimeout(end), resolve("yes")) : setTimeout(look, 20);
    look();
  })`);

/** Draws a rectangle over the first scatter. */
const BRUSH = `(() => {
  const canvas = document.getElementById("scatter-0"), box = canvas.getBoundingClientRect();
  canvas.setPointerCapture = () => {};
  for (const [type, at] of [["pointerdown", 0.5], ["pointermove", 0.9], ["pointerup", 0.9]]) {
    canvas.dispatchEvent(new PointerEvent(type, { pointerId: 1, bubbles: true,
      clientX: box.left + at * box.width, clientY: box.top + (1 - at) * box.height }));
  }
})()`;

Deno.test({
  name: "Firefox opens every kind of page from disk: look up, brush, measured networks, searches",
  ignore: FIREFOX === undefined,
  async fn() {
    const study = await openStudy(), measured = await readMeasuredStudies();
    const pages = await sitePages({ study, measured, notebooks: [] });
    const folder = await Deno.makeTempDir();
    for (const [name, text] of Object.entries(pages)) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    const url = (name: string) => pathToFileURL(join(folder, name)).href;
    try {
      await inFirefox(async (tab) => {
        await tab.open(url("explorer.html"));
        await tab.evaluate(`document.getElementById("name").value = "230412";
          document.getElementById("look-up").requestSubmit()`);
        await until(tab, `document.title.includes("(2,3,0,4,1,2)")`);
        const shown = await tab.evaluate(
          `document.querySelector("#cell tbody td").textContent`,
        );
        assert.equal(shown, study.benchmark.accuracy("baseline")[8232].toFixed(2));
        await tab.evaluate(`document.querySelector('[data-edge="2"]').click()`);
        await until(tab, `document.title.includes("(2,3,1,4,1,2)")`);
        await tab.evaluate("history.back()");
        await until(tab, `document.title.includes("(2,3,0,4,1,2)")`);
        await tab.evaluate(BRUSH);
        await until(tab, `location.hash.includes("brush=baseline")`);
        const count = await tab.evaluate(`document.getElementById("count").textContent`);
        assert.match(count, /^[\d,]+ of 15,625 cells chosen by Baseline/);
        await tab.open(url("networks.html"));
        await until(tab, `document.querySelectorAll("#networks tbody tr").length > 50`);
        await tab.open(url("searches.html"));
        await until(tab, `document.querySelectorAll("#searches .curves g").length === 4`);
        await tab.open(url("index.html"));
        assert.deepEqual(tab.faults, []);
        const inside = pathToFileURL(folder).href;
        const outside = tab.requests.filter((u) =>
          !u.startsWith(inside) && !/^(data|blob|about):/.test(u)
        );
        assert.deepEqual(outside, []);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
