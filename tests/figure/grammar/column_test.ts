/** Figures for one column: as wide as it at most, text of 6 pt at least, and no panel without its axis. */
import assert from "node:assert/strict";
import { openStudy } from "@/analyse/mod.ts";
import { renderSvg } from "@/figure/grammar/render.ts";
import { drawColumnFigure, drawFigure } from "@/figure/mod.ts";
import { columnSpec } from "@/figure/grammar/column.ts";
import { COLUMN_WIDTH } from "@/figure/grammar/column_look.ts";

const study = await openStudy();

/** All words of a drawing. */
const wordsOf = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

/** 6 pt in px of 1/96 inch. */
const SIX_POINTS_PX = 6 * 96 / 72;

for (const id of ["pareto", "drift_by_skip", "rank_correlation", "width_and_depth"] as const) {
  Deno.test(`${id} in a column: 85 mm, 6 pt, all panels`, async () => {
    const { svg } = (await drawColumnFigure(id, study))!, page = (await drawFigure(id, study)).svg;
    assert.ok(Number(svg.match(/<svg[^>]* width="([\d.]+)"/)![1]) < COLUMN_WIDTH + 2);
    const sizes = [...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
    assert.ok(sizes.length > 0 && Math.min(...sizes) >= SIX_POINTS_PX, String(Math.min(...sizes)));
    const panels = (words: string[]) => words.filter((text) => /^[a-h]\u2002/.test(text));
    assert.deepEqual(panels(wordsOf(svg)).sort(), panels(wordsOf(page)).sort());
  });
}

const rows = [{ x: 1, y: 2, name: "one" }, { x: 3, y: 4, name: "two" }];
const data = { values: rows };
const x = { field: "x", type: "quantitative" } as const;

Deno.test("a panel that shared its neighbour's axis gets the labels and the title when it stands below", async () => {
  const panel = (title: string | null, labels: boolean) => ({
    ...{ width: 280, height: 60, data, mark: "point" as const },
    encoding: { x, y: { field: "y", type: "quantitative" as const, title, axis: { labels } } },
  });
  const spec = { title: { text: "t" }, hconcat: [panel("Height", true), panel(null, false)] };
  const svg = await renderSvg((await columnSpec(spec))!);
  assert.equal(wordsOf(svg).filter((text) => text === "Height").length, 2);
  const labels = (svg: string) =>
    wordsOf(svg).filter((text) => text === "4.0" || text === "4").length;
  assert.ok(labels(svg) > labels(await renderSvg(spec)));
});

Deno.test("of two tables below each other each keeps its own axis", async () => {
  const row = (title: string) => ({
    hconcat: [title, null].map((title) => ({
      ...{ width: 220, height: 60, data, mark: "point" as const },
      encoding: { x, y: { field: "y", type: "quantitative" as const, title } },
    })),
  });
  const spec = { title: { text: "t" }, vconcat: [row("Height"), row("Weight")] };
  const words = wordsOf(await renderSvg((await columnSpec(spec))!));
  for (const title of ["Height", "Weight"]) {
    assert.equal(words.filter((text) => text === title).length, 2, title);
  }
});

Deno.test("narrow panels stand side by side, and names along an axis keep their room", async () => {
  const panel = (type: "quantitative" | "nominal") => ({
    ...{ width: 190, height: 60, data, mark: "point" as const },
    encoding: { x: { field: type === "nominal" ? "name" : "x", type } },
  });
  const height = async (type: "quantitative" | "nominal") => {
    const spec = await columnSpec({ title: { text: "t" }, hconcat: [panel(type), panel(type)] });
    return Number((await renderSvg(spec!)).match(/<svg[^>]* height="([\d.]+)"/)![1]);
  };
  assert.ok(await height("nominal") > 1.5 * await height("quantitative"));
});

Deno.test("a drawing in px that a column would squeeze until words overlap has no such form", async () => {
  const drawing = (width: number) => ({
    title: { text: "t" },
    ...{ width, height: 40, data, mark: "text" as const },
    encoding: { x: { ...x, scale: null, axis: null }, text: { field: "name" } },
  });
  assert.equal(await columnSpec(drawing(600)), null);
  assert.notEqual(await columnSpec(drawing(300)), null);
});
