/** The explorer in a real Chromium, opened from disk. Without a browser the test is skipped and says so. */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { Buffer } from "node:buffer";
import pl from "nodejs-polars";
import type { Page } from "playwright-core";
import { openStudy } from "@/analyse/mod.ts";
import { sitePages } from "@/site/mod.ts";
import { cellAt, SKIP } from "@/space/mod.ts";
import { readMeasuredStudies } from "@/table/mod.ts";
import { barriers, BROWSER, inBrowser, listenTo } from "./browser.ts";

const study = await openStudy(), measured = await readMeasuredStudies();
const parts = { study, measured, notebooks: [] };
const pages = await sitePages(parts);

Deno.test("pages are equal when made again, ask for nothing outside, and fit their limit", async () => {
  assert.deepEqual(await sitePages({ ...parts, study: await openStudy() }), pages);
  for (const [name, text] of Object.entries(pages)) {
    assert.doesNotMatch(text, /(?:src|href)="(?:https?:)?\/\//, name);
  }
  for (const name of ["explorer.html", "networks.html", "searches.html"]) {
    assert.doesNotMatch(pages[name], /"node:|\brequire\(/);
    assert.ok(new TextEncoder().encode(pages[name]).length < 2.5e6);
  }
});

Deno.test({
  name: "the explorer opens from disk: look up, change an edge, walk, go back, compare",
  ignore: BROWSER === undefined,
  async fn(t) {
    const folder = await Deno.makeTempDir();
    for (const [name, text] of Object.entries(pages)) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    try {
      await inBrowser(async (browser) => {
        const page = await browser.newPage({ viewport: { width: 360, height: 780 } });
        const { faults, requests } = listenTo(page);
        const url = pathToFileURL(join(folder, "explorer.html")).href;
        await page.goto(url);
        await walkThrough(page, url, (name, fn) => t.step(name, fn));
        assert.deepEqual(faults, []);
        assert.deepEqual(requests.filter((u) => !u.startsWith(url) && !u.startsWith("data:")), []);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "measured networks and searches open from disk: filter, choose, go on in the explorer",
  ignore: BROWSER === undefined,
  async fn(t) {
    const folder = await Deno.makeTempDir();
    for (const [name, text] of Object.entries(pages)) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    const url = (name: string) => pathToFileURL(join(folder, name)).href;
    try {
      await inBrowser(async (browser) => {
        const page = await browser.newPage({ viewport: { width: 360, height: 780 } });
        const { faults, requests } = listenTo(page);
        const fits = async () =>
          assert.ok(await page.evaluate("document.documentElement.scrollWidth") as number <= 360);
        await t.step("networks are filtered by study and opened by a link", async () => {
          await page.goto(url("networks.html"));
          await page.locator("#study").selectOption("devices");
          await page.waitForFunction(`location.hash.includes("study=devices")`);
          const devices = measured.find(({ study }) => study === "devices")!.rows;
          const networks = new Set(devices.map(({ arch_str }) => arch_str)).size;
          assert.match(
            (await page.locator("#count").textContent())!,
            new RegExp(`^${networks} net`),
          );
          await page.locator("#networks tbody a").first().click();
          await page.locator("#network-name").waitFor();
          assert.equal(await page.locator("#network svg").first().getAttribute("role"), "img");
          await fits();
          await page.locator("#network a").first().click();
          await page.locator("#cell-name").waitFor();
          assert.equal(await page.locator("#cell h3").textContent(), "Measured here");
        });
        await t.step("searches are drawn for a guide; a method is added by its box", async () => {
          await page.goto(url("searches.html"));
          await page.locator("#guide").selectOption("hwt");
          await page.waitForFunction(`location.hash.includes("guide=hwt&")`);
          const checked = page.locator("#searches input:checked");
          const before = await checked.count();
          const method = await page.locator("#searches input:not(:checked)").first()
            .getAttribute("data-method");
          await page.locator(`[data-method="${method}"]`).click();
          await page.waitForFunction(`location.hash.includes("methods=")`);
          assert.equal(await checked.count(), before + 1);
          await fits();
        });
        assert.deepEqual(faults, []);
        assert.deepEqual(
          requests.filter((u) => !u.startsWith(url("")) && !u.startsWith("data:")),
          [],
        );
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "all of it by keyboard: look up, edge, neighbour, compare, bound, sort, download",
  ignore: BROWSER === undefined,
  async fn() {
    const folder = await Deno.makeTempDir(), file = join(folder, "explorer.html");
    await Deno.writeTextFile(file, pages["explorer.html"]);
    try {
      await inBrowser(async (browser) => {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        const { faults } = listenTo(page);
        await page.goto(pathToFileURL(file).href);
        const arrives = (cell: string) =>
          page.waitForFunction(`document.title.includes("${cell}")`);
        /** Presses Tab until the focus is on `selector`, from the top of the page. */
        const tabTo = async (selector: string) => {
          await page.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
          await page.locator("h1").click();
          for (let k = 0; k < 400; k++) {
            await page.keyboard.press("Tab");
            if (await page.evaluate(`document.activeElement.matches('${selector}')`)) return;
          }
          assert.fail(`Tab never reaches ${selector}`);
        };
        await tabTo("#name");
        await page.keyboard.press("Control+A");
        await page.keyboard.type("230412");
        await page.keyboard.press("Enter");
        await arrives("(2,3,0,4,1,2)");
        await tabTo("#add");
        await page.keyboard.press("Space");
        await tabTo('[data-edge="5"]');
        await page.keyboard.press("Enter");
        await arrives("(2,3,0,4,1,3)");
        await tabTo("#walk [data-go]");
        const next = await page.evaluate("document.activeElement.textContent") as string;
        await page.keyboard.press("Enter");
        await arrives(next);
        await tabTo("#add");
        await page.keyboard.press("Enter");
        await page.locator("#compare table").waitFor();
        assert.equal(await page.locator("#compare .curves").count(), 2);
        await tabTo('[data-column="tiles"]');
        await page.keyboard.type("40");
        const small = study.features.tiles.filter((tiles) => tiles <= 40).length;
        const said = (await page.locator("#count").textContent())!;
        assert.ok(said.startsWith(small.toLocaleString("en-US")), said);
        await tabTo("#colour");
        await page.keyboard.press("ArrowDown");
        await page.locator("#legend table").waitFor();
        await tabTo('[data-sort="parameters"]');
        await page.keyboard.press("Enter");
        assert.equal(await page.evaluate("document.activeElement.dataset.sort"), "parameters");
        await tabTo("#csv");
        const [saved] = await Promise.all([
          page.waitForEvent("download"),
          page.keyboard.press("Enter"),
        ]);
        assert.equal(saved.suggestedFilename(), "cells.csv");
        assert.deepEqual(await barriers(page), []);
        assert.deepEqual(faults, []);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

type Step = (name: string, fn: () => Promise<void>) => Promise<boolean>;

async function walkThrough(page: Page, url: string, step: Step): Promise<void> {
  const heading = () => page.locator("#cell-name").textContent();
  const arrives = (cell: string) => page.waitForFunction(`document.title.includes("${cell}")`);
  const lookUp = async (text: string) => {
    await page.locator("#name").fill(text);
    await page.locator("#name").press("Enter");
  };
  await step(
    "tuple, index and string name one cell; its published numbers stand there",
    async () => {
      for (const text of ["(2,3,0,4,1,2)", "8232", TEXT_OF_230412]) {
        await lookUp("0");
        await arrives("(0,0,0,0,0,0)");
        await lookUp(text);
        await arrives("(2,3,0,4,1,2)");
        assert.equal(await heading(), "Cell (2,3,0,4,1,2)");
        const shown = await page.locator("#cell tbody tr").first().locator("td").first()
          .textContent();
        assert.equal(shown, study.benchmark.accuracy("baseline")[8232].toFixed(2));
      }
    },
  );
  await step("a typing error is a sentence with the nearest cell, and nothing moves", async () => {
    await lookUp("(2,2,0,9,2,1)");
    assert.match((await page.locator("#fault").textContent())!, /nearest cell is \(2,2,0,4,2,1\)/);
    assert.equal(await heading(), "Cell (2,3,0,4,1,2)");
  });
  await step("an edge changed by keyboard keeps the focus; back undoes it", async () => {
    await page.locator('[data-edge="2"]').focus();
    await page.keyboard.press("Enter");
    await arrives("(2,3,1,4,1,2)");
    assert.equal(await page.evaluate("document.activeElement.dataset.edge"), "2");
    await page.goBack();
    await arrives("(2,3,0,4,1,2)");
  });
  await step(
    "24 neighbours; a step to one stands in the address and survives a reload",
    async () => {
      const links = page.locator("#walk [data-go]");
      assert.equal(await links.count(), 24);
      const name = await links.first().textContent();
      await links.first().click();
      await page.waitForFunction(`document.title.includes("${name}")`);
      await page.reload();
      assert.equal(await heading(), `Cell ${name}`);
    },
  );
  await step("two cells stand side by side", async () => {
    await page.locator("#add").click();
    await page.waitForFunction(`location.hash.includes("compare=")`);
    await lookUp("(2,2,0,4,2,1)");
    await arrives("(2,2,0,4,2,1)");
    await page.locator("#add").click();
    await page.locator("#compare table").waitFor();
    assert.equal(await page.locator("#compare thead th").count(), 3);
  });
  // The page counts again some time after its address has changed, so that a count is waited for.
  const count =
    `Number(document.querySelector("#count").textContent.match(/^[\\d,]+|$/)[0].replace(",", ""))`;
  const counts = (cells: number) => page.waitForFunction(`${count} === ${cells}`);
  const able = study.benchmark.accuracy("baseline").filter((v) => v >= 93).length;
  const download = async (button: string) => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(button).click(),
    ]);
    return await Deno.readFile(await file.path());
  };
  await step(
    "a bound and a brush choose cells in all scatters, and stay in the address",
    async () => {
      await counts(15_625);
      await page.locator('[data-column="baseline"]').fill("93");
      await counts(able);
      const canvas = page.locator("#scatter-1");
      await canvas.scrollIntoViewIfNeeded();
      const box = (await canvas.boundingBox())!;
      await page.mouse.move(box.x + 5, box.y + 5);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height - 5);
      await page.mouse.up();
      await page.waitForFunction(`location.hash.includes("brush=parameters")`);
      await page.waitForFunction(`0 < ${count} && ${count} < ${able}`);
      const brushed = await page.evaluate(count) as number;
      await page.reload();
      await counts(brushed);
      assert.equal(await page.locator('[data-column="baseline"]').inputValue(), "93");
      await page.goBack();
      await page.waitForFunction(`!location.hash.includes("brush=")`);
      await counts(able);
    },
  );
  await step("the chosen cells are saved as CSV, and as Parquet that Polars reads", async () => {
    const lines = new TextDecoder().decode(await download("#csv")).trimEnd().split("\n");
    assert.equal(lines.length, able + 1);
    const frame = pl.readParquet(Buffer.from(await download("#parquet")));
    assert.equal(frame.height, able);
    const baseline = study.benchmark.accuracy("baseline");
    const cells = frame.getColumn("cell_index").toArray() as number[];
    assert.deepEqual(frame.getColumn("baseline").toArray(), cells.map((i) => baseline[i]));
  });
  await step("the list is sorted by its headings, and colours choose by a button", async () => {
    await page.locator('[data-sort="parameters"]').click();
    await page.locator('[data-sort="parameters"]').click();
    const parameters = study.features.parameters;
    const smallest = study.benchmark.accuracy("baseline")
      .reduce((least, v, i) => v >= 93 ? Math.min(least, parameters[i]) : least, Infinity);
    const first = page.locator("#list tbody tr").first();
    assert.ok((await first.textContent())!.includes(smallest.toLocaleString("en-US")));
    assert.equal(await page.locator('#list th[aria-sort="ascending"]').count(), 1);
    await page.locator("#colour").selectOption("edge2");
    await page.locator('[data-only="0"]').click();
    await page.waitForFunction(`location.hash.includes("brush=edge2")`);
    const skips = study.benchmark.accuracy("baseline")
      .filter((v, i) => v >= 93 && cellAt(i)[2] === SKIP).length;
    await counts(skips);
    await page.locator("#unbrush").click();
    await page.waitForFunction(`!location.hash.includes("brush=")`);
  });
  await step("no cell within the bounds is a sentence", async () => {
    await page.locator('[data-column="baseline"]').fill("100");
    assert.match((await page.locator("#count").textContent())!, /^No cell meets all bounds/);
  });
  await step("a broken address is a sentence and a cell, no blank page", async () => {
    await page.goto(`${url}#path=999999`);
    await page.reload();
    assert.match((await page.locator("#fault").textContent())!, /names no place/);
    assert.match((await heading())!, /^Cell \(/);
  });
  await step(
    "printed, the drawing keeps its operations, and what cannot be pressed is gone",
    async () => {
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.locator('[data-edge="0"]').isVisible());
      for (const gone of ["#look-up", "#csv", ".pages"]) {
        assert.equal(await page.locator(gone).isVisible(), false, gone);
      }
      await page.emulateMedia({ media: "screen" });
    },
  );
  await step("nothing is wider than a phone", async () => {
    assert.ok(await page.evaluate("document.documentElement.scrollWidth") as number <= 360);
  });
}

/** (2,3,0,4,1,2) as NAS-Bench-201 writes it. */
const TEXT_OF_230412 = "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+" +
  "|skip_connect~0|none~1|nor_conv_3x3~2|";
