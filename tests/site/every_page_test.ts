/** The command's whole output: every page opened from disk, the files of data read by another program. */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { unzipSync } from "fflate";
import pl from "nodejs-polars";
import { allNotebooks, prepareJupyter } from "@/notebook/mod.ts";
import { loadReference, readFrame, REFERENCE } from "@/table/mod.ts";
import { barriers, BROWSER, inBrowser, listenTo } from "./browser.ts";

await prepareJupyter();
const folder = join(await Deno.makeTempDir(), "site");
const made = await new Deno.Command(Deno.execPath(), {
  args: ["run", "-A", "--no-check", "src/cli/site.ts", "--out", folder, "--zip"],
}).output();
assert.ok(made.success, new TextDecoder().decode(made.stderr));

const inZip = unzipSync(await Deno.readFile(`${folder}.zip`));
const pages = Object.keys(inZip).filter((path) => path.endsWith(".html"))
  .map((path) => path.slice("site/".length));
addEventListener("unload", () => Deno.removeSync(join(folder, ".."), { recursive: true }));

Deno.test("the archive holds what the folder holds, every notebook among it", async () => {
  for (const [path, bytes] of Object.entries(inZip)) {
    assert.deepEqual(await Deno.readFile(join(folder, "..", path)), bytes, path);
  }
  for (const path of allNotebooks()) {
    assert.ok(pages.includes(`notebooks/${basename(path, ".ipynb")}.html`), path);
  }
});

Deno.test("CSV files give the table's doubles back, read by Polars", async () => {
  const rows = pl.readCSV(join(folder, "data/analog_nasbench.csv"), { inferSchemaLength: 0 });
  const own = await readFrame(REFERENCE.path);
  const numbers = (frame: pl.DataFrame, name: string) =>
    Float64Array.from(frame.getColumn(name).cast(pl.Float64).toArray());
  assert.equal(rows.height, own.height);
  assert.deepEqual(numbers(rows, "accuracy_pct"), numbers(own, "accuracy_pct"));
  const wide = pl.readCSV(join(folder, "data/analog_nasbench_wide.csv"));
  const benchmark = await loadReference();
  assert.deepEqual(numbers(wide, "hwt@1d"), benchmark.accuracy("hwt@1d"));
  assert.deepEqual(numbers(wide, "hwt@1d_sd"), benchmark.sd("hwt@1d"));
});

Deno.test("every link within the site leads to a file or a place that is there", async () => {
  for (const path of pages) {
    const text = (await Deno.readTextFile(join(folder, path)))
      .replace(/<script[\s\S]*?<\/script>/g, "");
    const links = [...text.matchAll(/<(?:a|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, to]) =>
      to
    );
    for (
      const to of links.filter((to) => !/^(data|https?):/.test(to) && !to.startsWith("#path="))
    ) {
      const [file, id] = to.split("#");
      const target = file === "" ? path : join(path, "..", file);
      assert.ok(`site/${target}` in inZip, `${path} leads to ${to}`);
      if (id) assert.match(await Deno.readTextFile(join(folder, target)), new RegExp(`id="${id}"`));
    }
  }
});

Deno.test({
  name: "every page opens from disk, asks for nothing outside, has no error and no serious barrier",
  ignore: BROWSER === undefined,
  fn: () =>
    inBrowser(async (browser) => {
      const page = await browser.newPage({ viewport: { width: 360, height: 780 } });
      const { faults, requests } = listenTo(page);
      for (const path of pages) {
        await page.goto(pathToFileURL(join(folder, path)).href);
        assert.ok((await page.locator("h1").first().textContent())!.length > 3, path);
        assert.ok(
          await page.evaluate("document.documentElement.scrollWidth") as number <= 360,
          `${path} is wider than a phone`,
        );
        assert.deepEqual(faults, [], path);
        assert.deepEqual(await barriers(page), [], path);
      }
      const inside = pathToFileURL(folder).href;
      assert.deepEqual(requests.filter((u) => !u.startsWith(inside) && !u.startsWith("data:")), []);
    }),
});
