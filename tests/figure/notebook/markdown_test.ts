import assert from "node:assert/strict";
import { type Displayable } from "@/figure/notebook/chart.ts";
import { prose, showClaim, showTable } from "@/figure/notebook/markdown.ts";

const text = async (output: Displayable) =>
  (await output[Symbol.for("Jupyter.display")]())["text/markdown"];

Deno.test("prose groups whole numbers, rounds others, and keeps text", async () => {
  const gap = -1.005;
  assert.equal(
    await text(prose`Of ${15625} cells **${"most"}**
      lose ${gap} or ${2.5} points.`),
    "Of 15,625 cells **most** lose −1.00 or 2.50 points.",
  );
});

Deno.test("a cell's string in prose is not struck out", async () => {
  assert.equal(await text(prose`**${"|none~0|+|none~0|"}**`), "**|none\\~0|+|none\\~0|**");
});

Deno.test("a table aligns numbers to the right, aligns their decimals, and escapes bars and tildes", async () => {
  const rows = [{ cell: "|a~0|", n: 12345, gap: 1 }, { cell: "b", n: 2, gap: -0.25 }];
  assert.equal(
    await text(showTable(rows, 1)),
    [
      "| cell | n | gap |",
      "| --- | ---: | ---: |",
      "| \\|a\\~0\\| | 12,345 | 1.0 |",
      "| b | 2 | −0.3 |",
    ].join("\n"),
  );
});

Deno.test("missing numbers are dashes, no rows are said", async () => {
  assert.match(String(await text(showTable([{ x: NaN }, { x: 1.5 }]))), /\| — \|/);
  assert.equal(await text(showTable([])), "(no rows)");
});

Deno.test("a claim is shown with its verdict and each criterion's interval", async () => {
  const effect = { estimate: 1.5, low: -0.25, high: 3 };
  const shown = await text(showClaim({
    id: "skips_help",
    statement: "Skips help.",
    verdict: "not supported",
    exploratory: [],
    criteria: [{
      id: "one",
      text: "A skip adds accuracy",
      unit: "points",
      effect,
      side: "above",
      bound: 0,
      met: false,
      contradicted: false,
      undecided: false,
    }],
  }));
  assert.match(String(shown), /> Skips help\.\n>\n> \*\*not supported\*\*/);
  assert.match(
    String(shown),
    /\| A skip adds accuracy \| \+1\.50 \| −0\.25 to 3\.00 \| points \| no \|/,
  );
});

Deno.test("p values in a table are printed as such, other small numbers are not", async () => {
  const rows = [
    { x: 0.00001, p: 0.00001, p_holm: 0.0123 },
    { x: 2.5, p: 0.2149, p_holm: 0.00123 },
  ];
  assert.equal(
    await text(showTable(rows)),
    [
      "| x | p | p_holm |",
      "| ---: | ---: | ---: |",
      "| 0.00 | < 0.0001 | 0.012 |",
      "| 2.50 | 0.21 | 0.0012 |",
    ].join("\n"),
  );
});
