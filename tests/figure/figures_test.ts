/**
 * Every figure: its spec against a snapshot, its files against the committed ones, its drawing inside
 * its canvas. A snapshot holds each data set as its size, first row and digest.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Resvg } from "@resvg/resvg-js";
import {
  drawFigure,
  type Figure,
  FIGURE_IDS,
  FIGURES,
  FONT_FILES,
  renderFigure,
} from "@/figure/mod.ts";
import { loadReference, readAllHistories, readMeasured } from "@/table/mod.ts";

const sources = {
  published: await loadReference(),
  searches: await readAllHistories(),
  measured: await readMeasured(),
  seed: 0,
};

/** Data sets in short, everything else as it is. */
function inShort(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inShort);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === "values" && Array.isArray(child) && typeof child[0] === "object"
        ? {
          rows: child.length,
          first: child[0],
          sha256: createHash("sha256").update(JSON.stringify(child)).digest("hex").slice(0, 12),
        }
        : inShort(child),
    ]),
  );
}

for (const id of FIGURE_IDS) {
  Deno.test(`${id}: spec as in the snapshot, files as committed, nothing off the canvas`, async (t) => {
    const figure: Figure = FIGURES[id];
    const drawn = figure(sources);
    await t.assertSnapshot(inShort(drawn.spec));

    const { svg, json } = await renderFigure(id, drawn);
    assert.equal(svg, await Deno.readTextFile(`figures/${id}.svg`), "run `deno task figures`");
    assert.equal(json, await Deno.readTextFile(`figures/${id}.json`), "run `deno task figures`");
    await Deno.stat(JSON.parse(json).code);

    const [, width, height] = svg.match(/width="(\d+)" height="(\d+)"/)!.map(Number);
    const font = { fontFiles: [...FONT_FILES], loadSystemFonts: false };
    const box = new Resvg(svg.replace(/<rect width="\d+" height="\d+" fill="white"\/>/, ""), {
      font,
    })
      .innerBBox()!;
    assert.ok(box.x >= 0 && box.y >= 0, `drawn from ${box.x}, ${box.y}`);
    assert.ok(box.x + box.width <= width, `drawn to ${box.x + box.width} of ${width} px`);
    assert.ok(box.y + box.height <= height, `drawn to ${box.y + box.height} of ${height} px`);
    assert.ok(width <= 700, `${width} px is wider than a page`);
  });
}

Deno.test("a second drawing has equal bytes", async () => {
  const [one, two] = [await drawFigure("hwt_gap", sources), await drawFigure("hwt_gap", sources)];
  assert.deepEqual(two, one);
});

Deno.test({
  name: "the committed PNGs are what is drawn",
  ignore: Deno.build.arch !== "x86_64", // other processors may round a pixel's shade differently
  fn: async () => {
    for (const id of ["search_space", "hwt_gap", "best_cells"] as const) {
      const { png } = await drawFigure(id, sources);
      assert.deepEqual(png, await Deno.readFile(`figures/${id}.png`));
    }
  },
});

Deno.test("PNGs have 300 dots per inch at 180 mm", async () => {
  const png = await Deno.readFile("figures/search_space.png");
  const width = new DataView(png.buffer).getUint32(16);
  const inches = 180 / 25.4;
  assert.ok(Math.abs(width / inches - 300) < 3, `${width / inches} dpi`);
});
