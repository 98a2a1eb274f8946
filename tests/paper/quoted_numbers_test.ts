import assert from "node:assert/strict";
import { docReader } from "@/cli/docstrings.ts";
import { filled, TEMPLATES } from "@/cli/readme.ts";
import { withQuotedNumbers } from "@/paper/mod.ts";

const fill = (text: string) =>
  withQuotedNumbers(text, { "a.b": 15284, "c~d@1h": -0.45678, cell: "(2,2,0,4,2,1)" }, "X.md");

Deno.test("a quoted number is replaced by the value of its key", () => {
  assert.equal(fill("n = {{a.b}}, {{a.b 1}}."), "n = 15,284, 15,284.0.");
  assert.equal(fill("tau {{c~d@1h 3}} of {{cell}}"), "tau -0.457 of (2,2,0,4,2,1)");
});

Deno.test("a key that does not exist is an error that names file and key", () => {
  assert.throws(() => fill("{{a.c}}"), /X\.md quotes a\.c/);
});

const read = docReader();

for (const document of Object.keys(TEMPLATES) as (keyof typeof TEMPLATES)[]) {
  Deno.test(`${document} is what its template and the values files make`, async () => {
    const text = await Deno.readTextFile(document);
    assert.equal(await filled(document, read), text, "run: deno task readme");
    assert.ok(!text.includes("{{"));
  });
}
