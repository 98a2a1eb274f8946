import assert from "node:assert/strict";
import { join } from "node:path";
import { compilePaper } from "../../src/paper/mod.ts";

/** Compiles a document that may quote `values`; the folder is gone afterwards. */
async function compile(source: string, values: Record<string, unknown>): Promise<Uint8Array> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.copyFile("paper/values.typ", join(folder, "values.typ"));
    await Deno.writeTextFile(join(folder, "values.json"), JSON.stringify(values));
    await Deno.writeTextFile(join(folder, "main.typ"), `#import "values.typ": *\n${source}`);
    return compilePaper("main.typ", folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("equal sources give equal bytes", async () => {
  const source =
    '#set document(date: none)\nOf #v("cells") cells #v("share", 1) % are connected: $x^2$, *bold*.';
  const values = { cells: 15625, share: 97.8176 };
  const [first, second] = [await compile(source, values), await compile(source, values)];
  assert.equal(new TextDecoder().decode(first.slice(0, 5)), "%PDF-");
  assert.deepEqual(first, second);
});

Deno.test("the manuscript compiles, and its PDF names no moment", () => {
  const pdf = new TextDecoder("latin1").decode(compilePaper("paper/paper.typ"));
  assert.match(pdf, /^%PDF-/);
  assert.doesNotMatch(pdf, /CreationDate|ModDate|CreateDate/);
});

Deno.test("a number that values.json lacks stops the compilation and is named, with its line", async () => {
  await assert.rejects(compile('First line.\n\n#v("mean.hwt")', { "mean.htw": 1 }), {
    name: "InputError",
    message: /no key \\"mean\.hwt\\"[^]*main\.typ:4/,
  });
});

Deno.test("numbers are rounded, grouped and signed as printed", async () => {
  const printed: [number, number, string][] = [
    [1234567.5, 0, "1,234,568"],
    [0.05, 3, "0.050"],
    [-2.345, 1, "−2.3"],
    [-0.001, 2, "0.00"],
    [999.96, 1, "1,000.0"],
    [100, 0, "100"],
  ];
  const checks = printed.map(([x, digits, text]) =>
    `#assert.eq(fixed(${x}, ${digits}), "${text}")`
  );
  await compile(checks.join("\n"), {});
});

Deno.test("a document that is not there is an error that names it", () => {
  assert.throws(() => compilePaper("paper/none.typ"), { name: "InputError", message: /none\.typ/ });
});
