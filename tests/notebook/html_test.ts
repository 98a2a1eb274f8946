/** What nbconvert makes of a notebook: pictures in words, no script. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { notebookHtml, prepareJupyter } from "@/notebook/mod.ts";

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg" +
  "gg==";

const NOTEBOOK = {
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: ["# 1. Noise & drift"] },
    {
      cell_type: "code",
      id: "b",
      metadata: {},
      execution_count: 1,
      source: ["show;"],
      outputs: [{
        output_type: "execute_result",
        execution_count: 1,
        metadata: {},
        data: {
          "text/plain": ["Two curves\n", 'fall "fast".'],
          "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>",
          "image/png": PIXEL,
        },
      }],
    },
  ],
  metadata: { language_info: { name: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
};

Deno.test("cells become markup without scripts, a picture says what its output says", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "1 & 2.ipynb");
    await Deno.writeTextFile(path, JSON.stringify(NOTEBOOK));
    const jupyter = await prepareJupyter();
    const [markup] = await notebookHtml([path], jupyter);
    assert.match(markup, /<h1[^>]*>1\. Noise &amp; drift<\/h1>/);
    assert.ok(markup.includes(`<img alt='Two curves fall "fast".' src="data:image/png;base64,`));
    assert.doesNotMatch(markup, /<script|https?:|svg\+xml/);
    assert.deepEqual(await notebookHtml([path], jupyter), [markup]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
