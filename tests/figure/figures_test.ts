/**
 * Every figure: drawing it again gives the committed bytes, and its drawing stays inside its canvas.
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { Resvg } from "@resvg/resvg-js";
import { showFigure } from "@/figure/draw.ts";
import { drawFigure, FIGURE_IDS, FONT_FILES } from "@/figure/mod.ts";
import { openStudy } from "@/analyse/mod.ts";

const study = await openStudy();

for (const id of FIGURE_IDS) {
  Deno.test(`${id}: files as committed, nothing off the canvas`, async () => {
    const { svg, json, png } = await drawFigure(id, study);
    assert.equal(svg, await Deno.readTextFile(`figures/${id}.svg`), "run `deno task figures`");
    assert.equal(json, await Deno.readTextFile(`figures/${id}.json`), "run `deno task figures`");
    await Deno.stat(JSON.parse(json).code);
    // Other processors may round a pixel's shade differently.
    if (Deno.build.arch === "x86_64") {
      const same = Buffer.from(await Deno.readFile(`figures/${id}.png`)).equals(await png());
      assert.ok(same, `figures/${id}.png: run \`deno task figures\``);
    }

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
  const draw = async () => {
    const { svg, json, png } = await drawFigure("hwt_gap", study);
    return { svg, json, png: await png() };
  };
  assert.deepEqual(await draw(), await draw());
});

Deno.test("PNGs have 300 dots per inch at 180 mm", async () => {
  const png = await Deno.readFile("figures/search_space.png");
  const width = new DataView(png.buffer).getUint32(16);
  const inches = 180 / 25.4;
  assert.ok(Math.abs(width / inches - 300) < 3, `${width / inches} dpi`);
});

Deno.test("a notebook gets the picture and its words; a mistyped id names the nearest", async () => {
  const shown = await showFigure("search_space", study)[Symbol.for("Jupyter.display")]();
  assert.match(String(shown["text/plain"]), /^15,625 cells.*\. Diagrams: the network as a row/);
  assert.ok(String(shown["image/png"]).startsWith("iVBORw0KGgo"));
  // @ts-expect-error: as from a notebook cell, which is not type-checked
  assert.throws(() => showFigure("hwt_gp", study), /Did you mean "hwt_gap"\?/);
});

Deno.test("no plot is longer than 130 lines", async () => {
  for (const { name } of Deno.readDirSync("src/figure/plots")) {
    const lines = (await Deno.readTextFile(`src/figure/plots/${name}`)).split("\n").length - 1;
    assert.ok(lines <= 130, `${name} has ${lines}`);
  }
});
